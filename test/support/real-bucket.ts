import type { S3Address } from '../../src/domain/backup/place.ts';

/**
 * A real bucket that somebody gave for the contract of stores: S3_TEST_ENDPOINT, S3_TEST_BUCKET, S3_TEST_ACCESS_KEY,
 * S3_TEST_SECRET_KEY, and S3_TEST_REGION where it has one. Null without. What is below `mainstay-contract/` in it is taken away.
 */
export function realBucket(): S3Address | null {
  const { env } = process;
  const [endpoint, bucket] = [env['S3_TEST_ENDPOINT'], env['S3_TEST_BUCKET']];
  const [accessKey, secretKey] = [env['S3_TEST_ACCESS_KEY'], env['S3_TEST_SECRET_KEY']];
  if (endpoint === undefined || bucket === undefined || accessKey === undefined || secretKey === undefined) return null;
  const region = env['S3_TEST_REGION'] ?? 'us-east-1';
  return { endpoint, bucket, accessKey, secretKey, region, prefix: 'mainstay-contract' };
}
