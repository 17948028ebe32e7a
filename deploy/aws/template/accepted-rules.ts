import { Validations } from 'aws-cdk-lib'
import type { IConstruct } from 'constructs'

/** Says why a rule of cdk-nag is not kept by a resource, or one finding of it (`Rule[finding]`). */
export function acceptRule(resource: IConstruct, id: string, reason: string): void {
  Validations.of(resource).acknowledge({ id, reason })
}
