/** A resource's policy that refuses calls without TLS. What is allowed, the roles say. */
export function onlyByTls(action: string, resources: readonly string[]) {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        ...{ Sid: 'OnlyByTls', Effect: 'Deny', Principal: '*', Action: action, Resource: resources },
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      },
    ],
  }
}
