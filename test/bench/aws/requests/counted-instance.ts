import { AWS_BACK_ENDS } from '#test/aws-back-ends.ts'
import { clearAway, makeDataDir, startInstance } from '#test/test-instance.ts'
import { until } from '#test/until.ts'
import { type CountedRequest, messagingRequest, s3Request, tableRequest } from './counted-request.ts'
import { openCountingProxy } from './counting-proxy.ts'

/** How the settings of each service are called, and how its requests are read. */
const SERVICES = [
  [['S3_ENDPOINT'], s3Request],
  [['AWS_ENDPOINT_URL_SQS', 'AWS_ENDPOINT_URL_SNS'], messagingRequest],
  [['AWS_ENDPOINT_URL_DYNAMODB'], tableRequest],
] as const

/** The product with everything on AWS, behind proxies that count its requests. */
export async function openCountedInstance() {
  const dataDir = makeDataDir()
  const opened = await AWS_BACK_ENDS.at(-1)?.open()
  if (!opened) throw new Error('there is no back end for AWS')
  const counted: CountedRequest[] = []
  const env: Record<string, string> = { ...opened.env }
  const proxies: { close(): void }[] = []
  for (const [names, read] of SERVICES) {
    const proxy = await openCountingProxy(env[names[0]] ?? '', counted, read)
    for (const name of names) env[name] = proxy.endpoint
    proxies.push(proxy)
  }
  const instance = await startInstance({ dataDir, env: { SLOTS: '1', ...env }, recorded: false })
  await instance.ready()
  await until('it is ready', async () => (await fetch(`${instance.url}/readyz`)).ok)
  return {
    url: instance.url,
    counted,
    async close() {
      await instance.end('SIGTERM')
      for (const proxy of proxies) proxy.close()
      await clearAway(dataDir)
      await opened.close()
    },
  }
}
