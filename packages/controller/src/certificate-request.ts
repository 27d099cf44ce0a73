import 'reflect-metadata';
import * as x509 from '@peculiar/x509';

/** What a certificate signing request asks for. */
export type RequestedCertificate = { commonName: string; organizations: string[]; dnsNames: string[]; addresses: string[] };

const namesOf = (request: x509.Pkcs10CertificateRequest): x509.JsonGeneralNames => {
  const extension = request.extensions.find((each) => each.type === '2.5.29.17');
  return extension ? new x509.SubjectAlternativeNameExtension(extension.rawData).names.toJSON() : [];
};

const valuesOf = (names: x509.JsonGeneralNames, type: string): string[] =>
  names.filter((name) => name.type === type).map(({ value }) => value);

/** Reads a PEM certificate signing request; undefined when it is none, or asks for a sort of name that is not told here. */
export const readCertificateRequest = (pem: string): RequestedCertificate | undefined => {
  try {
    const request = new x509.Pkcs10CertificateRequest(pem);
    const names = namesOf(request);
    if (names.some(({ type }) => type !== 'dns' && type !== 'ip')) return undefined;
    const [commonName = ''] = request.subjectName.getField('CN');
    return {
      commonName,
      organizations: request.subjectName.getField('O'),
      dnsNames: valuesOf(names, 'dns'),
      addresses: valuesOf(names, 'ip'),
    };
  } catch {
    return undefined;
  }
};
