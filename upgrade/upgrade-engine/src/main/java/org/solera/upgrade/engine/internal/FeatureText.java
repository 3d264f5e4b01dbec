// SPDX-License-Identifier: Apache-2.0
package org.solera.upgrade.engine.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.solera.upgrade.api.UpgradeError;
import org.solera.upgrade.api.UpgradeException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** Writes feature repositories that hold one feature each. Stateless. */
final class FeatureText {
    private static final String NAMESPACE = "http://karaf.apache.org/xmlns/features/v1.6.0";

    private FeatureText() {}

    /**
     * Writes a copy of a feature in which one bundle has another address.
     *
     * @param definition the XML of the feature element
     * @param next name and version of the copy
     * @param oldAddress address of the bundle in the definition
     * @param newAddress address of the bundle in the copy
     * @param repositories addresses of the repositories that the feature's own repository names
     * @return the text of a repository with the copy
     * @throws UpgradeException if the definition does not name the bundle
     */
    static byte[] replaced(
            String definition, FeatureId next, String oldAddress, String newAddress, List<String> repositories)
            throws UpgradeException {
        try {
            Document document = parse(definition);
            Element feature = document.getDocumentElement();
            feature.setAttribute("version", next.version());
            NodeList bundles = feature.getElementsByTagName("bundle");
            int replaced = 0;
            for (int i = 0; i < bundles.getLength(); i++) {
                if (bundles.item(i).getTextContent().trim().equals(oldAddress)) {
                    bundles.item(i).setTextContent(newAddress);
                    replaced++;
                }
            }
            if (replaced == 0) {
                throw unusable(next, "does not name the bundle " + oldAddress, null);
            }
            return repository(next, repositories, serialize(document));
        } catch (SAXException | IOException | ParserConfigurationException | TransformerException unreadable) {
            throw unusable(next, "cannot be read", unreadable);
        }
    }

    private static UpgradeException unusable(
            FeatureId feature, String why, @org.jspecify.annotations.Nullable Throwable cause) {
        return new UpgradeException(
                UpgradeError.NOT_INSTALLED,
                "The definition of the feature %s %s.".formatted(feature.name(), why),
                "This is a defect of the package.",
                cause);
    }

    /**
     * Writes a feature that holds capabilities only.
     *
     * @param capabilities in the notation of feature files
     */
    static byte[] generated(FeatureId feature, List<String> capabilities) {
        StringBuilder text = new StringBuilder();
        text.append("<feature name=\"")
                .append(escape(feature.name()))
                .append("\" version=\"")
                .append(escape(feature.version()))
                .append("\">\n");
        for (String capability : capabilities) {
            text.append("  <capability>").append(escape(capability)).append("</capability>\n");
        }
        return repository(feature, List.of(), text.append("</feature>").toString());
    }

    private static byte[] repository(FeatureId feature, List<String> repositories, String element) {
        StringBuilder text = new StringBuilder();
        text.append("<features name=\"")
                .append(escape(feature.name() + "-" + feature.version()))
                .append("\" xmlns=\"")
                .append(NAMESPACE)
                .append("\">\n");
        for (String each : repositories) {
            text.append("<repository>").append(escape(each)).append("</repository>\n");
        }
        return text.append(element).append("\n</features>\n").toString().getBytes(UTF_8);
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private static Document parse(String xml) throws ParserConfigurationException, IOException, SAXException {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return factory.newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
    }

    private static String serialize(Document document) throws TransformerException {
        TransformerFactory factory = TransformerFactory.newInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        Transformer transformer = factory.newTransformer();
        transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
        StringWriter text = new StringWriter();
        transformer.transform(new DOMSource(document), new StreamResult(text));
        return text.toString();
    }
}
