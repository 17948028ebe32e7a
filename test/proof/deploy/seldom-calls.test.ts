import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { after, before, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { OpenBackEnd } from '#test/back-end.ts'
import { BACK_ENDS } from '#test/back-ends.ts'
import { reachState, sendBytes } from '#test/client.ts'
import { deck } from '#test/documents/deck.ts'
import { clearAway, makeDataDir, startInstance } from '#test/test-instance.ts'
import { until } from '#test/until.ts'

const SCRIPT = fileURLToPath(new URL('seldom-calls.ts', import.meta.url))

for (const backEnd of BACK_ENDS)
  describe(`calls that come seldom, over ${backEnd.name}`, { skip: backEnd.skip }, () => {
    const dataDir = makeDataDir()
    let opened: OpenBackEnd
    before(async () => {
      opened = await backEnd.open()
    })
    after(async () => {
      await clearAway(dataDir)
      await opened.close()
    })

    it('a whole instance converts a form’s file and puts aside what is no message', async () => {
      const instance = await startInstance({ dataDir, env: { SLOTS: '1', ...opened.env } })
      await instance.ready()
      const { id } = await sendBytes(instance.url, 'small.pptx', await deck({ slides: 2 }))
      await reachState(instance.url, id, 'completed')
      await opened.broker?.put('no message')
      await until('it is put aside', async () => (await opened.broker?.putAside())?.includes('no message'))
      await instance.end('SIGTERM')
    })

    for (const role of ['web', 'function'])
      it(`${role}: the hourly sweep, large files, broken uploads, and the end of old jobs`, async () => {
        const env = { ...process.env, ...opened.env, DATA_DIR: dataDir, AWS_SDK_UA_APP_ID: role }
        const child = spawn(process.execPath, [SCRIPT, role], { env, stdio: 'inherit' })
        const [code] = await once(child, 'exit')
        assert.equal(code, 0)
      })
  })
