/** What an AWS credentials file, or the text in its place, gives access with. */
export type AwsCredentials =
  | { kind: 'keys'; accessKeyId: string; secretAccessKey: string; sessionToken?: string }
  | { kind: 'role'; arn: string; sourceProfile?: string; tokenFile?: string };

/** A credentials file that cannot be read. The message names the profile and the line's number, never a value. */
export class CredentialsError extends Error {
  override readonly name = 'CredentialsError';
}

type Profiles = Map<string, Map<string, string>>;

const ARN = /^arn:aws[a-z-]*:iam::\d{12}:role\/\S+$/;

const readProfiles = (text: string): Profiles => {
  const profiles: Profiles = new Map();
  let values: Map<string, string> | undefined;
  for (const [at, line] of text.split(/\r?\n/).entries()) {
    if (/^\s*([#;].*)?$/.test(line)) continue;
    const heading = /^\s*\[\s*(?:profile\s+)?([^\]]+?)\s*\]/.exec(line)?.[1];
    const [, name, value] = /^\s*([A-Za-z_]+)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    if (heading !== undefined) {
      values = new Map();
      profiles.set(heading, values);
    } else if (name !== undefined && values) values.set(name.toLowerCase(), value ?? '');
    else throw new CredentialsError(`line ${at + 1} is neither a [profile] nor name = value; write an AWS credentials file`);
  }
  return profiles;
};

const ofProfile = (values: Map<string, string>, profile: string): AwsCredentials => {
  const [accessKeyId, secretAccessKey, arn] = ['aws_access_key_id', 'aws_secret_access_key', 'role_arn'].map((name) => values.get(name));
  const [sourceProfile, tokenFile, sessionToken] = ['source_profile', 'web_identity_token_file', 'aws_session_token'].map((name) =>
    values.get(name),
  );
  if (arn) return { kind: 'role', arn, ...(sourceProfile && { sourceProfile }), ...(tokenFile && { tokenFile }) };
  if (accessKeyId && secretAccessKey) return { kind: 'keys', accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) };
  throw new CredentialsError(`profile ${profile} has neither aws_access_key_id with aws_secret_access_key nor role_arn; add them`);
};

/** Reads one profile of an AWS credentials file; a text that is only the ARN of a role is recognised. Throws `CredentialsError`. */
export const readCredentials = (text: string, profile = 'default'): AwsCredentials => {
  if (ARN.test(text.trim())) return { kind: 'role', arn: text.trim() };
  const values = readProfiles(text).get(profile);
  if (values === undefined) throw new CredentialsError(`there is no profile ${profile}; add [${profile}]`);
  return ofProfile(values, profile);
};
