/** Port of a set's object store on the host's address. */
export const MINIO_PORT = 9000;

/** Port of a set's registry on the host's address. */
export const REGISTRY_PORT = 5000;
