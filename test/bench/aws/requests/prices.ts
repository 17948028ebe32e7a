/**
 * Dollars for a million, on demand in us-east-1, from the price pages of S3, SQS, SNS and DynamoDB (aws.amazon.com, the
 * pages “Pricing” of each), as known in November 2026: to be checked there, because AWS changes them. Bytes that
 * are stored or leave AWS are not among them.
 */
export const DOLLARS_PER_MILLION = {
  s3Write: 5,
  s3Read: 0.4,
  s3Delete: 0,
  sqs: 0.4,
  sns: 0.5,
  /** A unit writes 1 KB of an item or of its copy in an index. */
  dynamodbWrite: 0.625,
  /** A unit reads 4 KB, or 8 KB that may be a moment old. */
  dynamodbRead: 0.125,
} as const

export type Priced = keyof typeof DOLLARS_PER_MILLION
