import { Fn, type Stack } from 'aws-cdk-lib'
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs'

const KEPT_DAYS = 30

export function addLogs(stack: Stack, id: string, part: string): CfnLogGroup {
  return new CfnLogGroup(stack, id, {
    ...{ logGroupName: Fn.sub(`/nightshift/\${Prefix}/${part}`), retentionInDays: KEPT_DAYS },
  })
}
