/** Keys of an AWS credentials file. */
export type AwsKeys = { accessKeyId: string; secretAccessKey: string };

/** Reads the access key of a profile from the text of an AWS credentials file; undefined when it lacks one. */
export const parseCredentials = (text: string, profile = 'default'): AwsKeys | undefined => {
  let section = '';
  const values = new Map<string, string>();
  for (const line of text.split(/\r?\n/)) {
    const heading = /^\s*\[\s*(?:profile\s+)?([^\]]+?)\s*\]/.exec(line);
    const pair = /^\s*([A-Za-z_]+)\s*=\s*(.*?)\s*$/.exec(line);
    if (heading) section = heading[1] ?? '';
    else if (pair && section === profile) values.set((pair[1] ?? '').toLowerCase(), pair[2] ?? '');
  }
  const [accessKeyId, secretAccessKey] = [values.get('aws_access_key_id'), values.get('aws_secret_access_key')];
  return accessKeyId && secretAccessKey ? { accessKeyId, secretAccessKey } : undefined;
};
