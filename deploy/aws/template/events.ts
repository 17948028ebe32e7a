import { Fn, type Stack } from 'aws-cdk-lib'
import { CfnTopic, CfnTopicPolicy } from 'aws-cdk-lib/aws-sns'
import { resourceNames } from '../../../lib/aws/resource-names.ts'
import { onlyByTls } from './only-by-tls.ts'

/** The topic of changes. Each web process makes a queue of its own for it, and removes it when it ends. */
export function addEvents(stack: Stack): CfnTopic {
  const topic = new CfnTopic(stack, 'Topic', { topicName: Fn.sub(resourceNames('${Prefix}').topic) })
  new CfnTopicPolicy(stack, 'TopicPolicy', {
    topics: [topic.ref],
    policyDocument: onlyByTls('sns:Publish', [topic.ref]),
  })
  return topic
}
