// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.system.rest.internal;

import java.time.Instant;
import java.util.List;
import javax.annotation.security.PermitAll;
import javax.annotation.security.RolesAllowed;
import javax.ws.rs.Consumes;
import javax.ws.rs.GET;
import javax.ws.rs.POST;
import javax.ws.rs.PUT;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.core.HttpHeaders;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;
import org.solera.platform.api.ServerCertificate;
import org.solera.platform.api.ServiceGate;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.rest.Described;

/** The certificate with which the appliance answers TLS. Thread-safe. */
@Path("certificate")
@Produces(MediaType.APPLICATION_JSON)
@Described("The certificate with which the appliance answers TLS.")
public final class CertificateResource {
    private final ServiceGate<ServerCertificate> certificates;

    CertificateResource(ServiceGate<ServerCertificate> certificates) {
        this.certificates = certificates;
    }

    /** The certificate in use. */
    record CertificateDto(
            String subject,
            String issuer,
            List<String> names,
            String sha256,
            Instant notBefore,
            Instant notAfter,
            boolean ownCa) {
        static CertificateDto of(ServerCertificate.Description description) {
            return new CertificateDto(
                    description.subject(),
                    description.issuer(),
                    description.names(),
                    description.sha256(),
                    description.notBefore(),
                    description.notAfter(),
                    description.ownCa());
        }
    }

    /** A certificate of others; without a key it answers the last request. */
    record InstallDto(
            @Nullable String certificatePem, @Nullable String keyPem) {
        @Override
        public String toString() {
            return "InstallDto";
        }
    }

    /** Host names and addresses. */
    record NamesDto(@Nullable List<String> names) {
        static List<String> of(@Nullable NamesDto dto) {
            return dto == null || dto.names() == null ? List.of() : dto.names();
        }
    }

    /** A request for an authority to sign. */
    record RequestDto(String requestPem) {}

    @GET
    @Described("The certificate in use.")
    public CertificateDto get() throws SoleraException {
        return CertificateDto.of(Calls.ask(certificates, ServerCertificate::describe));
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({"OWNER", "ENGINEER"})
    @Described("Installs a certificate that others made.")
    public CertificateDto install(@Nullable InstallDto body) throws SoleraException {
        InstallDto dto = Requests.body(body);
        String certificate = Requests.required(dto.certificatePem(), "certificatePem");
        String key = dto.keyPem() == null ? "" : dto.keyPem();
        return CertificateDto.of(Calls.ask(certificates, service -> service.install(certificate, key)));
    }

    @POST
    @Path("renew")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({"OWNER", "ENGINEER"})
    @Described("Makes a new key and a certificate of the appliance's own authority.")
    public CertificateDto renew(@Nullable NamesDto body) throws SoleraException {
        return CertificateDto.of(Calls.ask(certificates, service -> service.renew(NamesDto.of(body))));
    }

    @POST
    @Path("request")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({"OWNER", "ENGINEER"})
    @Described("Makes a key, which stays here, and a request for an authority to sign.")
    public RequestDto request(@Nullable NamesDto body) throws SoleraException {
        return new RequestDto(Calls.ask(certificates, service -> service.request(NamesDto.of(body))));
    }

    @GET
    @Path("ca")
    @Produces({"application/x-pem-file", MediaType.APPLICATION_JSON})
    @PermitAll
    @Described("The certificate of the appliance's own authority, for browsers to trust.")
    public Response authority() throws SoleraException {
        String pem = Calls.ask(certificates, ServerCertificate::authority)
                .orElseThrow(() -> Requests.notFound("authority of the appliance's own"));
        return Response.ok(pem, "application/x-pem-file")
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"solera-ca.pem\"")
                .build();
    }
}
