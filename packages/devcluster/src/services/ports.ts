/** Port of a set's object store on the host's address. */
export const MINIO_PORT = 9000;

/** Port of a set's registry on the host's address. */
export const REGISTRY_PORT = 5000;

/** The registry of every set as names of images call it; each set answers to it, at an address of its own. */
export const REGISTRY_NAME = `registry.godwit.local:${REGISTRY_PORT}`;

/** Port of a set's name server on the host's address. */
export const DNS_PORT = 53;
