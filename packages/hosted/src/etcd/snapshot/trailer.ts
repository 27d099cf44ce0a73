/** etcd's file is whole blocks of this size... */
export const BLOCK_BYTES = 512;

/** ...and then the SHA-256 of all that. A copy of a live file lacks it. */
export const TRAILER_BYTES = 32;
