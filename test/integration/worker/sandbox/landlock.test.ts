import assert from 'node:assert/strict'
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, lchown, mkdir, mkdtemp, readFile, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { promisify } from 'node:util'
import { until } from '#test/until.ts'
import { WHY_NO_SANDBOX } from '#test/why-no-sandbox.ts'
import { isRunning, processTreeOf } from '#worker/sandbox/process-tree.ts'
import type { Ended } from '#worker/sandbox.ts'
import { descendants, openTestEngine, type TestEngine } from '../test-engine.ts'

/** Lets the sandbox's script take the kernel's Landlock for an old version. */
async function pretendVersion({ scratchDir }: TestEngine, version: number): Promise<void> {
  const script = join(scratchDir, 'landlock.pl')
  const code = await readFile(script, 'utf8')
  const old = code.replace(/my \$version = syscall\(.*\)/, `my $version = ${version}`)
  assert.notEqual(old, code)
  await writeFile(script, old)
}

/** Undefined is what this kernel has; with version 1, only the system call filter forbids many things. */
for (const version of [undefined, 1])
  describe(`the sandbox of Landlock (${version ? `version ${version}` : 'this kernel’s version'})`, {
    skip: WHY_NO_SANDBOX.landlock,
  }, () => {
    let testEngine: TestEngine
    before(async () => {
      testEngine = await openTestEngine('landlock', { engine: 'spawn' })
      if (version) await pretendVersion(testEngine, version)
    })
    after(() => testEngine.close())

    function shell(script: string): Promise<Ended> {
      return testEngine.slots.use(slot => testEngine.sandbox.run(['/usr/bin/bash', '-c', script], { slot }))
    }

    it('hides the environment of every process, the worker’s too', async t => {
      process.env.SANDBOX_TEST_SECRET = 'leaked'
      t.after(() => delete process.env.SANDBOX_TEST_SECRET)
      const { stdout } = await shell(
        `cat /proc/*/environ /proc/self/environ /proc/1/environ /proc/${process.pid}/environ; env`,
      )
      assert.doesNotMatch(stdout, /leaked/)
      assert.deepEqual((stdout.match(/^\w+(?==)/gm) ?? []).sort(), [
        'FONTCONFIG_FILE',
        'HOME',
        'LANG',
        'OSL_SOCKET_PATH',
        'PATH',
        'PWD',
        'SHLVL',
        'TMPDIR',
        '_',
      ])
    })

    it('lets no file be read but the system’s programs, and nothing of other slots', async () => {
      const readable = join(testEngine.scratchDir, 'readable')
      const neighbour = join(testEngine.scratchDir, 'neighbour')
      await writeFile(readable, 'secret', { mode: 0o644 })
      await mkdir(neighbour)
      await writeFile(join(neighbour, 'file'), 'secret', { mode: 0o666 })
      await chmod(neighbour, 0o777)
      const files = `${readable} ${neighbour}/file /etc/passwd /etc/hosts /usr/share/doc/bash/copyright`
      const { stdout } = await shell(
        `ls / /etc /tmp /proc ${testEngine.scratchDir} ${neighbour} /usr/local /usr/src; cat ${files}; cat /etc/ld.so.cache | wc -c`,
      )
      assert.match(stdout.trim(), /^\d{3,}$/, 'it can read at all, and nothing else')
      const { stdout: mine } = await promisify(execFile)('cat', [
        readable,
        join(neighbour, 'file'),
        '/etc/passwd',
      ])
      assert.match(mine, /secretsecret.+/s, 'anybody else can read it')
    })

    it('lets nothing be written, moved, shortened or given away but in the slot, nor executed there', async () => {
      await testEngine.slots.use(async slot => {
        const { uid } = await stat(slot)
        const other = join(testEngine.scratchDir, 'other')
        await mkdir(other, { recursive: true })
        await writeFile(join(other, 'file'), 'whole')
        for (const path of [other, join(other, 'file')]) await lchown(path, uid, uid)
        const script = `
        for folder in / /etc /usr /var /var/tmp /dev /dev/shm /tmp ${other} .; do (: >$folder/x) 2>/dev/null && echo $folder; done
        chmod 777 ${other}/file; chown 1 ${other}/file; touch -d @1 ${other}/file; mv ${other}/file here; rm ${other}/file
        ln ${other}/file linked; truncate -s 1 ${other}/file; perl -e 'truncate("${other}/file", 1)'
        cp /usr/bin/echo mine && ./mine run`
        const { stdout } = await testEngine.sandbox.run(['/usr/bin/bash', '-c', script], { slot })
        assert.equal(stdout, '.\n')
        assert.equal(await readFile(join(other, 'file'), 'utf8'), 'whole')
        const { mode, mtimeMs } = await stat(join(other, 'file'))
        assert.equal(mode & 0o777, 0o644 & ~process.umask())
        assert.ok(mtimeMs > 1000)
      })
    })

    it('reaches no other process: not by signals, limits, priorities or memory with a number', async t => {
      await testEngine.slots.use(async slot => {
        const { uid } = await stat(slot)
        const other = spawn('sleep', ['600'], process.getuid?.() === 0 ? { uid, gid: uid } : {})
        t.after(() => other.kill('SIGKILL'))
        const script = `
        my $pid = ${other.pid}; my @sent = grep { kill($_, $pid) } 0, 9, 15;
        my $limit = pack('QQ', 1, 1); push @sent, 'limit' if syscall(302, $pid, 0, $limit, 0) == 0;
        push @sent, 'priority' if syscall(141, 0, $pid, 19) == 0;
        push @sent, 'memory' if syscall(29, 0, 4096, 01600) >= 0;
        push @sent, 'owner' if fcntl(STDIN, 8, $pid);
        print "done @sent"`
        const { stdout } = await testEngine.sandbox.run(['/usr/bin/perl', '-e', script], { slot })
        assert.equal(stdout, 'done ')
        assert.ok(isRunning(other.pid ?? 0))
      })
    })

    it('connects to no socket of this machine, file or not, and makes none but streams', async t => {
      const path = join(testEngine.scratchDir, 'open.sock')
      let calls = 0
      const server = createServer(() => calls++).listen(path)
      t.after(() => server.close())
      await once(server, 'listening')
      await chmod(path, 0o777)
      const call = `use Socket; socket(my $s, AF_UNIX, SOCK_STREAM, 0) or die; print connect($s, pack_sockaddr_un($ARGV[0])) ? 'in' : 'out'`
      const inside = `${call}; print socket(my $d, AF_UNIX, SOCK_DGRAM, 0) ? ' datagrams' : ''; print socket(my $i, AF_INET, SOCK_STREAM, 0) ? ' net' : ''`
      const { stdout } = await testEngine.slots.use(slot =>
        testEngine.sandbox.run(['/usr/bin/perl', '-e', inside, path], { slot }),
      )
      assert.equal(stdout, 'out')
      assert.equal((await promisify(execFile)('/usr/bin/perl', ['-e', call, path])).stdout, 'in')
      await until('the call from outside', () => calls === 1)
    })

    it('is never root, has no rights and no way to regain them, and each slot its own user', async t => {
      const two = await Promise.all([newSlot(), newSlot()])
      const running = two.map(slot => testEngine.sandbox.spawn(['/usr/bin/sleep', '600'], { slot }))
      t.after(() => Promise.all(running.map(one => one.kill())))
      const statuses = await Promise.all(running.map(({ pid = 0 }) => statusOfCommand(pid)))
      for (const status of statuses) {
        assert.match(status, /^CapInh:\s0+\nCapPrm:\s0+\nCapEff:\s0+$/m)
        assert.match(status, /^NoNewPrivs:\s1\nSeccomp:\s2$/m)
      }
      const users = statuses.map(status => /^Uid:\s(\d+)/m.exec(status)?.[1])
      assert.ok(!users.includes('0'))
      if (process.getuid?.() === 0) {
        assert.equal(new Set(users).size, 2)
        assert.equal((await shell('ulimit -u')).stdout, '500\n', 'its processes are counted')
      }
      assert.equal((await shell('unshare -U true && echo new')).stdout, '')
    })

    it('leaves nothing running of a command that ended', async () => {
      const before = new Set(descendants())
      const { code } = await shell('(setsid sleep 600 &); (sleep 600 &); exit 7')
      assert.equal(code, 7)
      assert.deepEqual(
        descendants().filter(pid => !before.has(pid)),
        [],
      )
    })

    async function newSlot(): Promise<string> {
      const slot = await mkdtemp(join(testEngine.scratchDir, 'own-'))
      await testEngine.sandbox.adopt(slot)
      return slot
    }

    const statusOfCommand = (pid: number) =>
      until('the command', async () => {
        for (const member of processTreeOf(pid)) {
          const line = await readFile(`/proc/${member}/cmdline`, 'utf8').catch(() => '')
          if (line.startsWith('/usr/bin/sleep')) return readFile(`/proc/${member}/status`, 'utf8')
        }
        return undefined
      })
  })
