import { Template } from 'aws-cdk-lib/assertions'
import { nightshiftStack } from './stack.ts'

/** The template as CloudFormation takes it, which is up to 51,200 bytes from a file: hence the narrow indentation. */
export function templateText(): string {
  return `${JSON.stringify(Template.fromStack(nightshiftStack()).toJSON(), null, 1)}\n`
}
