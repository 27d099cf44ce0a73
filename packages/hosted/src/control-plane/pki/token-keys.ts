import { generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';

/** The Secret whose keys sign service account tokens; it goes along in a move, or every token is void. */
export const TOKEN_KEYS_SECRET = 'sa-signing-key';

/** Makes the RSA key pair that signs service account tokens; PEM texts under the keys of the Secret. */
export const createTokenKeys = async (): Promise<{ 'service-account.key': string; 'service-account.pub': string }> => {
  const { privateKey, publicKey } = await promisify(generateKeyPair)('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  return { 'service-account.key': privateKey, 'service-account.pub': publicKey };
};
