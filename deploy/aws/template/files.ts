import { Fn, type Stack } from 'aws-cdk-lib'
import { CfnBucket, CfnBucketPolicy } from 'aws-cdk-lib/aws-s3'
import { ABANDONED_MULTIPART_MS } from '../../../lib/spools/s3-spool/leftovers.ts'
import { acceptRule } from './accepted-rules.ts'
import { onlyByTls } from './only-by-tls.ts'
import type { Parameters } from './parameters.ts'

const DAY_MS = 86_400_000
/** Later than Nightshift itself: the rule is for when none runs any more. */
const ABORT_AFTER_DAYS = 1 + ABANDONED_MULTIPART_MS / DAY_MS

/** The bucket of sources, results and open uploads. Nightshift deletes what is over its time. */
export function addFiles(stack: Stack, { hasPublicUrl, PublicUrl }: Parameters): CfnBucket {
  // Browsers write the name of a load balancer in small letters, S3 compares it as AWS wrote it. Links are signed anyway.
  const origin = Fn.conditionIf(hasPublicUrl.logicalId, PublicUrl.valueAsString, '*').toString()
  const bucket = new CfnBucket(stack, 'Bucket', {
    bucketEncryption: {
      serverSideEncryptionConfiguration: [{ serverSideEncryptionByDefault: { sseAlgorithm: 'AES256' } }],
    },
    publicAccessBlockConfiguration: {
      ...{ blockPublicAcls: true, blockPublicPolicy: true },
      ...{ ignorePublicAcls: true, restrictPublicBuckets: true },
    },
    ownershipControls: { rules: [{ objectOwnership: 'BucketOwnerEnforced' }] },
    lifecycleConfiguration: {
      rules: [
        {
          ...{ id: 'unfinished-uploads', status: 'Enabled' },
          abortIncompleteMultipartUpload: { daysAfterInitiation: ABORT_AFTER_DAYS },
        },
      ],
    },
    corsConfiguration: {
      corsRules: [
        {
          ...{ allowedMethods: ['GET', 'HEAD'], allowedOrigins: [origin], allowedHeaders: ['Range'] },
          exposedHeaders: ['Content-Disposition', 'Content-Range', 'ETag'],
        },
      ],
    },
  })
  new CfnBucketPolicy(stack, 'BucketPolicy', {
    bucket: bucket.ref,
    policyDocument: onlyByTls('s3:*', [bucket.attrArn, `${bucket.attrArn}/*`]),
  })
  acceptRule(
    bucket,
    'AwsSolutions-S1',
    'Each file is in the jobs’ table with its owner; a log of its own costs a bucket.',
  )
  return bucket
}
