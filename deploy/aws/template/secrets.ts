import type { Stack } from 'aws-cdk-lib'
import { CfnSecret } from 'aws-cdk-lib/aws-secretsmanager'
import { acceptRule } from './accepted-rules.ts'

export interface Secrets {
  secret: CfnSecret
  adminToken: CfnSecret
}

/** SECRET and ADMIN_TOKEN, made by AWS and seen by nobody at the deployment. */
export function addSecrets(stack: Stack): Secrets {
  const make = (id: string, description: string) =>
    new CfnSecret(stack, id, {
      description,
      generateSecretString: { passwordLength: 48, excludePunctuation: true },
    })
  const secret = make('Secret', 'Nightshift: signs cookies and seals passwords of documents.')
  const adminToken = make('AdminToken', 'Nightshift: for calls of the operator.')
  for (const each of [secret, adminToken])
    acceptRule(
      ...([each, 'AwsSolutions-SMG4'] as const),
      'A new one ends all sessions and makes sealed passwords of waiting jobs unreadable: the operator renews it.',
    )
  return { secret, adminToken }
}
