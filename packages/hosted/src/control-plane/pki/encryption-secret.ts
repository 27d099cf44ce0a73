/** The Secret with the API server's EncryptionConfiguration, under `config.yaml`. */
export const ENCRYPTION_SECRET = 'kas-secret-encryption-config';
