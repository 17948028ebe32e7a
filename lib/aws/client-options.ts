/** How a service is reached. What is not given comes from the environment, as the SDK finds it. */
export interface AwsClientOptions {
  /** The URL of another server than AWS's. */
  endpoint?: string | undefined
  region?: string | undefined
  credentials?: { accessKeyId: string; secretAccessKey: string } | undefined
}

/** Those that are given, for the configuration of any client: to the SDK an undefined one is not an unset one. */
export function givenOptions({ endpoint, region, credentials }: AwsClientOptions) {
  return { ...(endpoint && { endpoint }), ...(region && { region }), ...(credentials && { credentials }) }
}
