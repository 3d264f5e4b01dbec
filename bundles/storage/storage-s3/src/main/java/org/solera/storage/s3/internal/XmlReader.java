// SPDX-License-Identifier: Apache-2.0
package org.solera.storage.s3.internal;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Reads the lists that come in bodies, without document types and external entities. Stateless. */
final class XmlReader {
    /**
     * A list of records, and the fields beside it.
     *
     * @param fields fields of the root
     * @param records fields of each record
     */
    record Document(Map<String, String> fields, List<Map<String, String>> records) {}

    private XmlReader() {}

    /**
     * Reads a root element whose record elements hold plain fields.
     *
     * @param most most records
     */
    static Document read(InputStream body, String root, String record, int most) throws S3Exception {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        try {
            return read(factory.createXMLStreamReader(body), root, record, most);
        } catch (XMLStreamException malformed) {
            throw new S3Exception(
                    S3Error.MALFORMED_XML, "The document is not well-formed, or is not the one expected.", malformed);
        }
    }

    private static Document read(XMLStreamReader reader, String root, String record, int most)
            throws XMLStreamException, S3Exception {
        Map<String, String> fields = new LinkedHashMap<>();
        List<Map<String, String>> records = new ArrayList<>();
        reader.nextTag();
        if (!root.equals(reader.getLocalName())) {
            throw new S3Exception(S3Error.MALFORMED_XML, "The document must be a " + root + ".");
        }
        while (reader.nextTag() == XMLStreamConstants.START_ELEMENT) {
            String name = reader.getLocalName();
            if (!name.equals(record)) {
                fields.put(name, text(reader));
                continue;
            }
            if (records.size() == most) {
                throw new S3Exception(S3Error.MALFORMED_XML, "The list has more than " + most + " entries.");
            }
            Map<String, String> entry = new LinkedHashMap<>();
            while (reader.nextTag() == XMLStreamConstants.START_ELEMENT) {
                String field = reader.getLocalName();
                entry.put(field, text(reader));
            }
            records.add(entry);
        }
        return new Document(fields, records);
    }

    private static String text(XMLStreamReader reader) throws XMLStreamException {
        StringBuilder text = new StringBuilder();
        int depth = 1;
        while (depth > 0) { // what is nested deeper is not needed
            int event = reader.next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                depth++;
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                depth--;
            } else if (depth == 1 && (event == XMLStreamConstants.CHARACTERS || event == XMLStreamConstants.CDATA)) {
                text.append(reader.getText());
            }
        }
        return text.toString();
    }
}
