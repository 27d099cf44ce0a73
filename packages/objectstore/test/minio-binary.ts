/** The MinIO program to test with: GODWIT_TEST_MINIO, or the one that the development cluster built. */
export const minioBinary = async (): Promise<string> => process.env.GODWIT_TEST_MINIO ?? '/tmp/kb/minio';
