/**
 * The container runtime of the host, as far as precaching needs it. containerd serves clusters of our own (containerd.ts);
 * a host of OpenShift gets an implementation over podman, which shares its storage with CRI-O.
 */
export type ImageRuntime = {
  /** Whether the image is there under this name. */
  has(image: string): Promise<boolean>;
  /** Brings the image; throws a CommandFailed with what the runtime said. */
  pull(image: string, signal: AbortSignal): Promise<void>;
};
