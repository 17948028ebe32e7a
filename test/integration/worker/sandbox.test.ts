import assert from 'node:assert/strict'
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, rm, stat } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { promisify } from 'node:util'
import { until } from '#test/until.ts'
import { WHY_NO_SANDBOX } from '#test/why-no-sandbox.ts'
import { isRunning, processTreeOf } from '#worker/sandbox/process-tree.ts'
import type { Ended, SpawnOptions } from '#worker/sandbox.ts'
import { descendants, newScratchDir, openTestEngine, type TestEngine } from './test-engine.ts'

const SLEEPER = join(import.meta.dirname, 'sleeper.ts')

let testEngine: TestEngine

function shell(script: string, options: Partial<SpawnOptions> = {}): Promise<Ended> {
  return testEngine.slots.use(slot =>
    testEngine.sandbox.run(['/usr/bin/bash', '-c', script], { slot, ...options }),
  )
}

describe('the sandbox of bubblewrap', () => {
  before(async () => {
    testEngine = await openTestEngine('bwrap', { engine: 'spawn' })
  })
  after(() => testEngine.close())

  it('hides the worker’s environment, also in /proc/1/environ', async t => {
    process.env.SANDBOX_TEST_SECRET = 'leaked'
    t.after(() => delete process.env.SANDBOX_TEST_SECRET)
    const { stdout } = await shell('cat /proc/*/environ | tr "\\0" "\\n"; wc -c </proc/1/environ; env')
    assert.doesNotMatch(stdout, /leaked/)
    assert.match(stdout, /^0$/m, '/proc/1/environ is not empty')
    const names = new Set(stdout.match(/^\w+(?==)/gm))
    assert.deepEqual([...names].sort(), [
      'FONTCONFIG_FILE',
      'HOME',
      'LANG',
      'PATH',
      'PWD',
      'SHLVL',
      'TMPDIR',
      '_',
    ])
  })

  it('shows no other people’s files, and nothing of who they are', async () => {
    const { stdout } = await shell(
      'ls / /etc; ls -A /usr/local /usr/src /usr/share/doc; cat /etc/passwd /etc/hosts',
    )
    assert.doesNotMatch(stdout, /home|root|srv|opt|passwd|hosts/)
    await assert.doesNotReject(stat('/etc/passwd'))
    const { stdout: outside } = await shell(`test -e ${testEngine.scratchDir} && echo there`)
    assert.equal(outside, '')
  })

  it('lets nothing be written but the slot’s folder, memory included', async () => {
    const { stdout } = await shell(
      'for folder in / /etc /usr /usr/local /var /dev /dev/shm /tmp; do touch $folder/x 2>/dev/null && echo $folder; done',
    )
    assert.equal(stdout, '/tmp\n')
  })

  it('is the slot’s folder under the name /tmp, whose files belong to nobody else', async () => {
    await testEngine.slots.use(async slot => {
      await testEngine.sandbox.run(['/usr/bin/bash', '-c', 'id -u >/tmp/made'], { slot })
      const uid = Number(await readFile(join(slot, 'made'), 'utf8'))
      assert.notEqual(uid, 0)
      assert.equal((await stat(join(slot, 'made'))).uid, uid)
      assert.equal(testEngine.sandbox.pathInside(slot, join(slot, 'made')), '/tmp/made')
    })
  })

  it('gives nobody rights, new namespaces or a way to regain them', async () => {
    const { stdout } = await shell(
      'grep -E "^(Cap(Eff|Prm|Bnd)|NoNewPrivs|Seccomp):" /proc/self/status; unshare -U true && echo new',
    )
    assert.deepEqual(stdout.match(/\S+$/gm), [...Array(3).fill('0'.repeat(16)), '1', '2'])
  })
})

for (const mode of ['bwrap', 'landlock'] as const)
  describe(`the sandbox (${mode})`, { skip: WHY_NO_SANDBOX[mode] }, () => {
    before(async () => {
      testEngine = await openTestEngine(mode, { engine: 'spawn' })
    })
    after(() => testEngine.close())

    it('starts nothing for a worker that died while the sandbox was being built', async () => {
      await testEngine.slots.use(async slot => {
        const file = join(testEngine.scratchDir, 'orphan')
        const options = { slot, pidFile: `${file}.pid`, errorFile: `${file}.stderr` }
        const started = testEngine.sandbox.pathInside(slot, join(slot, 'started'))
        await testEngine.sandbox.writeWrapper(file, ['/usr/bin/mkdir', started], options)
        // Behind a shell the command has another parent than the worker, as an orphan has.
        await promisify(execFile)('/bin/sh', ['-c', `${file}; true`])
        await assert.rejects(stat(join(slot, 'started')), { code: 'ENOENT' })
        await promisify(execFile)(file)
        assert.ok(await stat(join(slot, 'started')), 'its own worker can start it')
      })
    })

    it('lets nothing wait for the disk', async () => {
      // The kernel would refuse this: there is nothing to be written behind /dev/null.
      const { code, stderr } = await shell('sync /dev/null && sync && echo x >x && sync x')
      assert.equal(code, 0, stderr)
    })

    it('makes no links and no pipes that the worker could be led astray with', async () => {
      const { stdout } = await shell('ln -s /etc/shadow link; mkfifo pipe; ls')
      assert.equal(stdout, '')
    })

    it('has no network: not even this machine’s own', async t => {
      let calls = 0
      const server = createServer(socket => {
        calls++
        socket.destroy()
      }).listen(0, '127.0.0.1')
      t.after(() => server.close())
      await once(server, 'listening')
      const call = `exec 3<>/dev/tcp/127.0.0.1/${(server.address() as AddressInfo).port}`
      assert.notEqual((await shell(call)).code, 0)
      assert.equal(calls, 0)
      // The same call from outside, so that this test can fail.
      await promisify(execFile)('/usr/bin/bash', ['-c', call])
      await until('the call from outside', () => calls === 1)
    })

    it('limits the size of files and the number of open ones', async () => {
      const limits = { addressSpaceBytes: 2 ** 30, fileBytes: 100_000, openFiles: 50 }
      const { stdout, stderr } = await shell('ulimit -c -n -v; head -c 1M /dev/zero >big; stat -c %s big', {
        limits,
      })
      assert.match(stdout.trim(), /\b0\n.*\b50\n.*\b1048576\n100000$/s)
      assert.match(stderr, /size/i)
    })

    it('keeps only the beginning of what a chatterbox says', async () => {
      const { stdout, code } = await shell('head -c 3M /dev/zero')
      assert.equal(code, 0)
      assert.equal(stdout.length, 64 * 1024)
    })

    it('kills all that came of a command when it is aborted, and says why', async t => {
      const abort = new AbortController()
      t.after(() => abort.abort())
      const running = shell('sleep 600 & (setsid sleep 600 &); sleep 600', { signal: abort.signal })
      const sleepers = await until('three sleepers', async () => {
        const processTree = descendants()
        const lines = await Promise.all(
          processTree.map(pid => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')),
        )
        return lines.filter(line => line.startsWith('sleep')).length === 3 && processTree
      })
      abort.abort('enough')
      await assert.rejects(running, reason => reason === 'enough')
      // Each of them would have slept for ten minutes.
      for (const pid of sleepers) assert.ok(!isRunning(pid), `${pid} still runs`)
    })
  })

for (const mode of ['bwrap', 'landlock', 'off'] as const)
  it(`with SANDBOX=${mode} nothing outlives a worker that is killed with -9`, {
    skip: WHY_NO_SANDBOX[mode],
  }, async t => {
    const { folder, scratchDir } = await newScratchDir()
    const worker = spawn(process.execPath, [SLEEPER, mode, scratchDir], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    t.after(async () => {
      worker.kill('SIGKILL')
      await rm(folder, { recursive: true })
    })
    await once(worker.stdout, 'data')
    const processTree = await until('a command that sleeps', async () => {
      const pids = processTreeOf(worker.pid as number)
      const lines = await Promise.all(
        pids.map(pid => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')),
      )
      return lines.some(line => line.startsWith('/usr/bin/sleep')) && pids
    })
    worker.kill('SIGKILL')
    for (const pid of processTree) await until(`the end of ${pid}`, () => !isRunning(pid))
  })

it('where the kernel gives no namespaces, the sandbox says so and is not opened', async t => {
  const { folder, scratchDir } = await newScratchDir()
  t.after(() => rm(folder, { recursive: true }))
  // Within this one no user namespace can be made, as on a machine where they are forbidden.
  const nested = ['--unshare-user', '--uid', '1000', '--disable-userns', '--dev-bind', '/', '/']
  const ended = await promisify(execFile)('bwrap', [
    ...nested,
    process.execPath,
    SLEEPER,
    'bwrap',
    scratchDir,
  ]).catch(error => error)
  assert.match(ended.stderr, /sandbox_unavailable: The sandbox cannot be built: bwrap: /)
  assert.doesNotMatch(ended.stdout, /sleeping/)
})
