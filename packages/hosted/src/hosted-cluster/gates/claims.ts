import type { StandardClaim } from '@godwit/controller';

const claim = (type: string, good: string, bad: string, problems: readonly string[]): StandardClaim =>
  problems.length === 0
    ? { type, status: 'True', reason: 'AsExpected', message: good }
    : { type, status: 'False', reason: bad, message: problems.join('; ') };

/** Condition ValidConfiguration from what is wrong with the configuration. */
export const validConfiguration = (problems: readonly string[]): StandardClaim =>
  claim('ValidConfiguration', 'Configuration passes validation', 'InvalidConfiguration', problems);

/** Condition SupportedHostedCluster from why the operator cannot run it. */
export const supportedHostedCluster = (problems: readonly string[]): StandardClaim =>
  claim('SupportedHostedCluster', 'HostedCluster is supported by operator configuration', 'UnsupportedHostedCluster', problems);

/** Condition ValidReleaseImage; the fault says which of upstream's reasons it is. */
export const validReleaseImage = (problem: { fault: 'SecretNotFound' | 'InvalidImage'; message: string } | undefined): StandardClaim =>
  claim('ValidReleaseImage', 'Release image is valid', problem?.fault ?? '', problem === undefined ? [] : [problem.message]);
