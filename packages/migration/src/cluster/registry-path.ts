/** Host and port of a registry: scheme and trailing slash taken off. */
export const registryPathOf = (exposed: string | undefined): string | undefined => {
  const path = (exposed ?? '').replace(/^https?:\/\//, '').replace(/\/+$/, '');
  return path === '' ? undefined : path;
};

/** The registry part of an ImageStream's `status.dockerImageRepository`. */
export const registryOfImageStream = (repository: string | undefined): string | undefined => {
  const host = repository?.split('/')[0];
  return host === undefined || host === '' ? undefined : host;
};
