/**
 * The function of AWS Lambda in Lambda's own runtime client, compiled once, over emulators of all services and with the
 * real LibreOffice: frozen between its invocations, without a sandbox, with and without the setting for that. Then two
 * web processes, two workers and the function share 200 jobs, and one worker is killed in the middle.
 * Options: `--jobs N` (200).
 */
import assert from 'node:assert/strict'
import { parseArgs } from 'node:util'
import { openSqsClient } from '#lib/aws/sqs-client.ts'
import { jobStatusOf, reachState, resultOf, sendBytes } from '#test/client.ts'
import { type Delivered, deliverOnce, type MappingOptions } from '#test/lambda/event-source-mapping.ts'
import { ensureRuntimeClient, WHY_NO_RUNTIME_CLIENT } from '#test/lambda/runtime-client.ts'
import { TestFunction } from '#test/lambda/test-function.ts'
import { pageCount } from '#test/pdf.ts'
import { clearAway, makeDataDir, processesOn, startInstance, type TestInstance } from '#test/test-instance.ts'
import { until } from '#test/until.ts'

const QUEUE = 'nightshift-convert'
const VISIBILITY_S = 900

const { values } = parseArgs({ options: { jobs: { type: 'string', default: '200' } } })
// Read when it is loaded: without it the daily tests leave out what takes long.
process.env.TEST_AWS = 'yes'
const { AWS_BACK_ENDS } = await import('#test/aws-back-ends.ts')
const backEnd = AWS_BACK_ENDS.find(({ hasBroker }) => hasBroker)
const why = WHY_NO_RUNTIME_CLIENT || backEnd?.skip
if (!backEnd || why) {
  console.log(`  – skipped: ${why}`)
  process.exit(0)
}
await ensureRuntimeClient()

/** What ends at the end, the last one first. */
const open: (() => Promise<void>)[] = []
const services = await backEnd.open()
open.push(() => services.close())
const environment = {
  ...services.env,
  ...{
    SECRET: 's'.repeat(32),
    ADMIN_TOKEN: 'a'.repeat(32),
    SLOTS: '1',
    LOG_LEVEL: 'warn',
    LOG_FORMAT: 'json',
  },
}
const sqs = await openSqsClient({
  endpoint: services.env.AWS_ENDPOINT_URL_SQS,
  region: services.env.AWS_REGION,
  credentials: {
    accessKeyId: services.env.AWS_ACCESS_KEY_ID ?? '',
    secretAccessKey: services.env.AWS_SECRET_ACCESS_KEY ?? '',
  },
})
open.push(async () => sqs.close())

try {
  const webs = await Promise.all([start('web'), start('web')])
  await proveFunctionAlone(webs)
  await proveSharing(webs, Number(values.jobs))
} finally {
  for (const close of open.reverse()) await close()
}
process.exit()

async function start(role: 'web' | 'worker'): Promise<TestInstance> {
  const dataDir = makeDataDir()
  const instance = await startInstance({
    ...{ dataDir, env: { ...environment, LAMBDA_SLOTS: '1' }, recorded: false },
    command: [process.execPath, 'bin/nightshift.js', role],
  })
  open.push(() => clearAway(dataDir))
  if (role === 'web') await instance.ready()
  return instance
}

async function startFunction(changes: Record<string, string> = {}): Promise<TestFunction> {
  const dataDir = makeDataDir()
  // The machine may have Landlock, which Lambda has not.
  const env = { ...environment, DATA_DIR: dataDir, HOME: dataDir, SANDBOX: 'bwrap', ...changes }
  const started = new TestFunction(env)
  await started.start()
  open.push(async () => {
    await started.close()
    await clearAway(dataDir)
  })
  return started
}

function deliverTo(target: TestFunction, more: Partial<MappingOptions> = {}): Promise<Delivered | undefined> {
  const invoke: MappingOptions['invoke'] = event => target.invoke(event)
  return deliverOnce({
    sqs,
    queue: QUEUE,
    batchSize: 1,
    visibilityS: VISIBILITY_S,
    waitS: 1,
    invoke,
    ...more,
  })
}

async function proveFunctionAlone([web]: TestInstance[]): Promise<void> {
  const url = web?.url ?? ''
  assert.equal((await fetch(`${url}/readyz`)).status, 200)
  say('the web process is ready where only functions convert')

  const closed = await startFunction()
  const { id } = await sendBytes(url, 'first.txt', Buffer.from('one page'))
  const refused = await until('the message', () => deliverTo(closed))
  assert.equal(refused.failed.length, 1)
  assert.equal((await jobStatusOf(url, id)).state, 'queued')
  assert.equal((await fetch(`${url}/readyz`)).status, 503)
  await closed.close()
  say('without a sandbox and without LAMBDA_ISOLATION it takes no job, and /readyz says so')

  const working = await startFunction({ LAMBDA_ISOLATION: 'function-role' })
  const delivered = await until('the message comes again', () => deliverTo(working))
  assert.deepEqual(delivered.failed, [])
  const done = await reachState(url, id, 'completed')
  assert.match(done.timeline[0]?.worker ?? '', /^lambda\//)
  assert.equal(await pageCount(await resultOf(url, id)), 1)
  const text = delivered.records[0]?.body ?? ''
  await services.broker?.put(text)
  await services.broker?.put('no message')
  const rest = await until('the other messages', () => deliverTo(working, { batchSize: 10 }))
  assert.deepEqual(rest.failed, [])
  assert.equal((await jobStatusOf(url, id)).timeline.length, 1)
  say('with it, it converts; a message that comes twice starts nothing')
  await working.close()
}

async function proveSharing(webs: TestInstance[], count: number): Promise<void> {
  const shared = await startFunction({ LAMBDA_ISOLATION: 'function-role' })
  const workers = await Promise.all([start('worker'), start('worker')])
  const areReady = async () => {
    const { workers: ready } = await (await fetch(`${webs[0]?.url}/readyz`)).json()
    return ready > workers.length
  }
  await until('both workers are ready', areReady, 180_000).catch(error => {
    throw new Error(workers.map(worker => worker.output()).join('\n'), { cause: error })
  })
  const ended = new AbortController()
  const mapping = (async () => {
    while (!ended.signal.aborted) await deliverTo(shared)
  })()

  const began = performance.now()
  const jobs: { url: string; id: string }[] = []
  for (let number = 0; number < count; number++) {
    const { url } = webs[number % webs.length] ?? { url: '' }
    const { id } = await sendBytes(url, `${number}.txt`, Buffer.from(`text ${number}`))
    jobs.push({ url, id })
    if (number === count / 2) killWorker(workers[0])
  }
  const done = await Promise.all(jobs.map(({ url, id }) => reachEnd(url, id)))
  const seconds = (performance.now() - began) / 1000
  ended.abort()
  await mapping

  assert.deepEqual([...new Set(done.map(({ state }) => state))], ['completed'])
  const by = new Map<string, number>()
  for (const { timeline } of done) {
    const completed = timeline.filter(({ outcome }) => outcome === 'completed')
    assert.equal(completed.length, 1, 'each job has one result')
    const name = completed[0]?.worker ?? ''
    by.set(name, (by.get(name) ?? 0) + 1)
  }
  for (const { id } of jobs) {
    const results = (await services.filesOf?.(id))?.filter(name => name.startsWith('result'))
    assert.equal(results?.length, 1, 'each job has one file of a result')
  }
  assert.ok([...by.keys()].some(name => name.startsWith('lambda/')))
  assert.ok([...by.keys()].filter(name => !name.startsWith('lambda/')).length >= 2)
  const lost = done.flatMap(({ timeline }) => timeline).filter(({ outcome }) => outcome === 'lost').length
  say(
    `${count} jobs in ${seconds.toFixed(1)} s, each with one result; ${lost} attempts lost with the killed worker`,
  )
  for (const [name, number] of by) console.log(`      ${String(number).padStart(4)} by ${name}`)
}

function reachEnd(url: string, id: string) {
  return until(
    `job ${id} ends`,
    async () => {
      const job = await jobStatusOf(url, id).catch(() => undefined)
      return job && ['completed', 'failed', 'cancelled'].includes(job.state) && job
    },
    600_000,
  )
}

/** Kills the process that converts; its launcher brings another. */
function killWorker(worker: TestInstance | undefined): void {
  const line = processesOn(worker?.dataDir ?? '').find(command => command.includes('worker/main.ts'))
  assert.ok(line, 'the worker runs')
  process.kill(Number.parseInt(line, 10), 'SIGKILL')
}

function say(sentence: string): void {
  console.log(`  ✓ ${sentence}`)
}
