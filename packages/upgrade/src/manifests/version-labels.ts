/** Values of the label that says for which version a manifest is meant: the whole version, x.y.z and x.y, each once. */
export const versionLabels = (version: string): string[] => {
  const [release = ''] = version.split(/[-+]/, 1);
  return [...new Set([version, release, release.split('.').slice(0, 2).join('.')])];
};
