import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { AWS_BACK_ENDS } from '#test/aws-back-ends.ts'
import type { OpenBackEnd } from '#test/back-end.ts'
import { jobStatusOf, reachState, resultOf } from '#test/client.ts'
import { deck } from '#test/documents/deck.ts'
import { clearAway, makeDataDir, startInstance, type TestInstance } from '#test/test-instance.ts'
import { type Fate, type FateOf, openUnreliableProxy, type UnreliableProxy } from '#test/unreliable-proxy.ts'
import { until } from '#test/until.ts'

const ENDPOINTS = /^(S3_ENDPOINT|AWS_ENDPOINT_URL_\w+)$/

for (const backEnd of AWS_BACK_ENDS)
  describe(`services that do not always answer, over ${backEnd.name}`, { skip: backEnd.skip }, () => {
    const dataDir = makeDataDir()
    const proxies: UnreliableProxy[] = []
    let fateOf: FateOf = () => 'pass'
    let opened: OpenBackEnd
    let instance: TestInstance
    let file: Buffer

    before(async () => {
      file = await deck({ slides: 1 })
      opened = await backEnd.open()
      const env = { ...opened.env }
      for (const [name, address] of Object.entries(env).filter(([name]) => ENDPOINTS.test(name))) {
        const proxy = await openUnreliableProxy(address, call => fateOf(call))
        proxies.push(proxy)
        env[name] = proxy.endpoint
      }
      instance = await startInstance({ dataDir, env: { SLOTS: '2', ...env } })
      await instance.ready()
      await until('it is ready', async () => (await fetch(`${instance.url}/readyz`)).ok)
    })
    after(async () => {
      await instance?.end('SIGTERM')
      await clearAway(dataDir)
      for (const proxy of proxies) proxy.close()
      await opened.close()
    })

    /** Sends a file as programs do: with a key, again while it is refused for the moment. */
    async function send(key: string): Promise<string> {
      const accepted = await until(`${key} is accepted`, async () => {
        const body = new FormData()
        body.set('file', new Blob([new Uint8Array(file)]), `${key}.pptx`)
        const headers = { 'idempotency-key': key }
        const answer = await fetch(`${instance.url}/api/jobs`, { method: 'POST', body, headers })
        assert.ok(answer.status < 300 || answer.status >= 500, await answer.clone().text())
        return answer.status < 300 && (await answer.json())
      })
      return accepted.id
    }

    async function completeOnce(keys: readonly string[]): Promise<void> {
      const ids = await Promise.all(keys.map(send))
      assert.equal(new Set(ids).size, keys.length)
      for (const id of ids) {
        await reachState(instance.url, id, 'completed')
        const { timeline } = await jobStatusOf(instance.url, id)
        assert.equal(timeline.filter(({ outcome }) => outcome === 'completed').length, 1)
        assert.equal((await resultOf(instance.url, id)).subarray(0, 5).toString(), '%PDF-')
      }
      fateOf = () => 'pass'
      for (const id of ids)
        await until('one result and its source are there', async () => {
          const names = (await opened.filesOf?.(id)) ?? []
          return names.filter(name => name.startsWith('result')).length === 1
        })
    }

    /** One call of so many meets a fate. */
    function oneOf(calls: number, fate: Fate): void {
      let call = 0
      fateOf = () => (++call % calls === 0 ? fate : 'pass')
    }
    const met = (fate: Fate) => proxies.every(({ counts }) => counts[fate] > 0)

    it('refuse every fourth call: each job is done once', async () => {
      oneOf(4, 'throttle')
      await completeOnce(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'])
      assert.ok(met('throttle'))
    })

    it('do every fifth call and lose the answer: each job is done once', async () => {
      oneOf(5, 'lose answer')
      await completeOnce(['i', 'j', 'k', 'l', 'm', 'n', 'o', 'p'])
      assert.ok(met('lose answer'))
    })

    it('take no row after the upload: it is refused, sent again, and done', {
      skip: !backEnd.hasBroker,
    }, async () => {
      let refused = 0
      fateOf = call => (call.endsWith('.PutItem') && ++refused <= 8 ? 'throttle' : 'pass')
      await completeOnce(['r'])
      assert.ok(refused > 8)
    })

    it('take no result for a while: the job is tried again, and done', async () => {
      let refused = 0
      fateOf = call => (/^(PUT|POST) .*result/.test(call) && ++refused <= 4 ? 'throttle' : 'pass')
      await completeOnce(['q'])
      assert.ok(refused > 4)
    })
  })
