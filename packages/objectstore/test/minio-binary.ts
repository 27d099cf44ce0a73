import { programPath } from '@godwit/devcluster';

/** The MinIO program to test with: GODWIT_TEST_MINIO, or the one that the local clusters use. */
export const minioBinary = async (): Promise<string> => process.env.GODWIT_TEST_MINIO ?? programPath('minio');
