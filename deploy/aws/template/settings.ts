import { Fn } from 'aws-cdk-lib'
import type { CfnBucket } from 'aws-cdk-lib/aws-s3'
import type { Parameters } from './parameters.ts'

export type Settings = Record<string, string>

/** The settings that web processes and the function share. */
export function sharedSettings(bucket: CfnBucket, parameters: Parameters): Settings {
  return {
    STORAGE: Fn.join('', ['s3://', bucket.ref]),
    JOBS: 'dynamodb',
    AWS_PREFIX: parameters.Prefix.valueAsString,
    MAX_UPLOAD_MB: parameters.MaxUploadMb.valueAsString,
    RESULT_LIMIT_MB: parameters.ResultLimitMb.valueAsString,
    LOG_FORMAT: 'json',
  }
}
