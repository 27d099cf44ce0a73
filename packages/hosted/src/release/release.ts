/** Components whose images a release names, as in the tags of its `image-references`. */
export type PayloadImage =
  | 'etcd'
  | 'hyperkube'
  | 'kube-proxy'
  | 'apiserver-network-proxy'
  | 'cluster-capi-controllers'
  | 'coredns'
  | 'haproxy-router';

/** What a release image says of itself. */
export type Release = {
  /** The release image as it was asked for. */
  image: string;
  /** For instance 4.21.0. */
  version: string;
  /** For instance 1.34.3; from the version map of the release's metadata. */
  kubernetesVersion: string;
  /** Architecture of the payload in Go's words, for instance amd64. */
  architecture: string;
  /** Pull specifications by component. */
  images: Partial<Record<PayloadImage, string>>;
};

/** Reads release images from their registry; remembers what it has read by digest. */
export type Releases = {
  /** `pullSecret` is the text of a `.dockerconfigjson`, `trust` a PEM bundle beside the system's roots. Throws `ReleaseError`. */
  read(image: string, access: { pullSecret?: string; trust?: string; signal?: AbortSignal }): Promise<Release>;
};

/** A release image that could not be read. The message names the image, why, and the next step. */
export class ReleaseError extends Error {
  override readonly name = 'ReleaseError';
}
