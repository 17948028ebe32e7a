import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { after, before, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { openDynamodbClient } from '#lib/aws/dynamodb-client.ts'
import type { OpenBackEnd } from '#test/back-end.ts'
import { BACK_ENDS } from '#test/back-ends.ts'
import { creatorOf, jobStatusOf, reachState, sendBytes } from '#test/client.ts'
import { deck } from '#test/documents/deck.ts'
import { DYNALITE_ACCESS } from '#test/dynalite.ts'
import { BIN, clearAway, makeDataDir, startInstance, type TestInstance } from '#test/test-instance.ts'
import { until } from '#test/until.ts'
import { FunctionHost } from './function-host.ts'

const SCRIPT = fileURLToPath(new URL('seldom-calls.ts', import.meta.url))
const QUEUE = 'nightshift-convert'
/** What the function needs before it can begin a job, and less than it keeps for its end. In milliseconds. */
const [LONG_MS, SHORT_MS] = [120_000, 10_000]

/** The report of a worker that ended long ago, which the next report of any other deletes. */
async function forgetWorker(env: OpenBackEnd['env']): Promise<void> {
  const client = await openDynamodbClient({
    ...{ ...DYNALITE_ACCESS, endpoint: env.AWS_ENDPOINT_URL_DYNAMODB },
  })
  const item = { id: 'worker#ended', phase: 'worker', phaseAt: 0, status: {} }
  await client.put({ TableName: 'nightshift-jobs', Item: item })
  client.close()
}

for (const backEnd of BACK_ENDS)
  describe(`a web process and the function, over ${backEnd.name}`, { skip: backEnd.skip }, () => {
    const [dataDir, functionDir] = [makeDataDir(), makeDataDir()]
    let opened: OpenBackEnd
    let web: TestInstance
    let host: FunctionHost

    before(async () => {
      opened = await backEnd.open()
      const env = { ...opened.env, SECRET: 's'.repeat(32) }
      const command = [process.execPath, BIN, 'web']
      web = await startInstance({ dataDir, command, env: { ...env, LAMBDA_SLOTS: '2' } })
      await web.ready()
      await forgetWorker(opened.env)
      host = await FunctionHost.open(QUEUE, {
        ...{ ...env, DATA_DIR: functionDir, SLOTS: '1', LAMBDA_ISOLATION: 'function-role' },
        AWS_SDK_UA_APP_ID: 'function',
      })
    })
    after(async () => {
      await host?.close()
      await web?.end('SIGTERM')
      for (const folder of [dataDir, functionDir]) await clearAway(folder)
      await opened.close()
    })

    it('the function converts a file that came as a form', async () => {
      const { id } = await sendBytes(web.url, 'small.pptx', await deck({ slides: 2 }))
      assert.deepEqual(await host.handleNext(LONG_MS), { batchItemFailures: [] })
      await reachState(web.url, id, 'completed')
    })

    it('the function leaves a job that it has no time for, and one that is cancelled', async () => {
      const job = await sendBytes(web.url, 'long.pptx', await deck({ slides: 400 }))
      const { id } = job
      assert.equal((await host.handleNext(SHORT_MS)).batchItemFailures.length, 1)
      const handled = host.handleNext(LONG_MS)
      await reachState(web.url, id, 'running')
      await fetch(`${web.url}/api/jobs/${id}`, { method: 'DELETE', headers: creatorOf(job) })
      await handled
      assert.equal((await jobStatusOf(web.url, id)).state, 'cancelled')
    })

    it('the function hands a job back before its time is over, and another invocation finishes it', async () => {
      const { id } = await sendBytes(web.url, 'handed back.pptx', await deck({ slides: 400 }))
      await host.handleNext(22_000)
      await host.handleNext(LONG_MS)
      await reachState(web.url, id, 'completed')
    })

    it('the function puts aside what is no message', async () => {
      await opened.broker?.put('no message')
      await host.handleNext(LONG_MS)
      await until('it is put aside', async () => (await opened.broker?.putAside())?.includes('no message'))
    })

    for (const role of ['web', 'function'])
      it(`${role}: large files, broken uploads, and what comes after hours`, async () => {
        const env = { ...process.env, ...opened.env, DATA_DIR: dataDir, AWS_SDK_UA_APP_ID: role }
        const child = spawn(process.execPath, [SCRIPT, role], { env, stdio: 'inherit' })
        const [code] = await once(child, 'exit')
        assert.equal(code, 0)
      })
  })
