import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { chmodSync, chownSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { databaseUser, type RunAs } from '#cli/start/database-user.ts'
import { freePort } from '#cli/start/port.ts'
import { lastLines, runProgram } from '#cli/start/programs.ts'
import { openS3Client } from '#lib/aws/s3-client.ts'
import { environmentWith } from '#lib/config.ts'
import { type CephPorts, cephConf } from './radosgw/ceph-conf.ts'
import { type RadosgwFolders, radosgwFolders } from './radosgw/unpacked-radosgw.ts'
import { until } from './until.ts'

/** Any: the gateway knows one. */
const REGION = 'us-east-1'
const CREDENTIALS = { accessKeyId: 'test', secretAccessKey: 'test-secret' }
const AS_GATEWAY = ['--name', 'client.rgw']

/** An S3 server of its own (Ceph's gateway), as unprivileged processes, with its objects in their memory. */
export class Radosgw {
  readonly region = REGION
  readonly credentials = CREDENTIALS
  readonly endpoint: string
  readonly #folders: RadosgwFolders
  readonly #folder: string
  readonly #user: RunAs
  readonly #fsid = randomUUID()
  readonly #monitorPort: number
  #daemons: ChildProcess[] = []
  #gateway: ChildProcess | undefined

  private constructor(folders: RadosgwFolders, user: RunAs, ports: CephPorts) {
    this.endpoint = `http://127.0.0.1:${ports.gateway}`
    this.#folders = folders
    this.#user = user
    this.#monitorPort = ports.monitor
    this.#folder = mkdtempSync(join(tmpdir(), 'radosgw-'))
    chmodSync(this.#folder, 0o700)
    for (const name of ['mon', 'osd']) mkdirSync(join(this.#folder, name))
    const { uid, gid } = user
    if (uid !== undefined && gid !== undefined)
      for (const name of ['.', 'mon', 'osd']) chownSync(join(this.#folder, name), uid, gid)
    const conf = cephConf({ folder: this.#folder, folders, fsid: this.#fsid, ports })
    writeFileSync(this.#conf, conf, { mode: 0o644 })
  }

  /** Fetches the packages where they are not installed, and starts the server. @throws Error where it cannot run */
  static async open(): Promise<Radosgw> {
    // At the same time, so that they differ.
    const [monitor, gateway] = await Promise.all([freePort(), freePort()])
    const server = new Radosgw(await radosgwFolders(), await databaseUser(), { monitor, gateway })
    try {
      await server.#startStorage()
      await server.start()
      const user = ['--uid', 'test', '--display-name', 'test']
      const keys = ['--access-key', CREDENTIALS.accessKeyId, '--secret-key', CREDENTIALS.secretAccessKey]
      await server.administer('user', 'create', ...user, ...keys)
      return server
    } catch (error) {
      await server.close()
      throw error
    }
  }

  /** Starts the gateway; resolves when it answers, with what was stored before. */
  async start(): Promise<void> {
    const gateway = this.#spawn('radosgw', [...AS_GATEWAY, '--foreground'])
    this.#gateway = gateway
    await until('the gateway answers', async () => {
      if (gateway.exitCode !== null || gateway.signalCode !== null) throw this.#failure()
      const answer = await fetch(this.endpoint).catch(() => undefined)
      return answer?.ok
    })
  }

  /** Ends the gateway: by `SIGTERM` in order, by `SIGKILL` at once. The objects stay for the next start. */
  async stop(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    const gateway = this.#gateway
    this.#gateway = undefined
    if (gateway) await end(gateway, signal)
  }

  /** Makes a bucket with a new name and returns the name. */
  async makeBucket(): Promise<string> {
    const s3 = await openS3Client(this)
    const name = `test-${randomUUID()}`
    await s3.createBucket({ Bucket: name })
    s3.destroy()
    return name
  }

  /** Runs `radosgw-admin`, for example to set a quota, and returns its output. */
  administer(...args: string[]): Promise<string> {
    return this.#run('radosgw-admin', [...AS_GATEWAY, ...args])
  }

  async close(): Promise<void> {
    await this.stop('SIGKILL')
    for (const daemon of this.#daemons.splice(0)) await end(daemon, 'SIGKILL')
    rmSync(this.#folder, { recursive: true, force: true })
  }

  async #startStorage(): Promise<void> {
    const monmap = join(this.#folder, 'monmap')
    const monitor = ['--addv', 'a', `[v1:127.0.0.1:${this.#monitorPort}]`]
    await this.#run('monmaptool', ['--create', ...monitor, '--fsid', this.#fsid, monmap])
    await this.#run('ceph-mon', ['--id', 'a', '--mkfs', '--monmap', monmap])
    this.#daemons.push(this.#spawn('ceph-mon', ['--id', 'a', '--foreground']))
    const uuid = randomUUID()
    // The program is Python's. The monitor has just begun and may not know yet what it is asked for.
    const ceph = [join(this.#folders.bin, 'ceph'), '--connect-timeout', '60', 'osd', 'new', uuid]
    await until('the monitor takes the storage daemon', () =>
      this.#run('/usr/bin/python3', ceph).then(
        () => true,
        () => false,
      ),
    )
    await this.#run('ceph-osd', ['--id', '0', '--mkfs', '--osd-uuid', uuid])
    this.#keepStorage()
  }

  /** The daemon ends where it starts before the monitor has told it where it belongs. */
  #keepStorage(): void {
    const daemon = this.#spawn('ceph-osd', ['--id', '0', '--foreground'])
    this.#daemons.push(daemon)
    daemon.once('exit', () => {
      if (this.#daemons.includes(daemon)) this.#keepStorage()
    })
  }

  #failure(): Error {
    const log = readFileSync(join(this.#folder, 'client.rgw.log'), 'utf8')
    return new Error(`radosgw ended at its start:\n${lastLines(log, 20)}`)
  }

  get #conf(): string {
    return join(this.#folder, 'ceph.conf')
  }

  #run(program: string, args: string[]): Promise<string> {
    const cwd = this.#folder
    const file = resolve(this.#folders.bin, program)
    return runProgram(file, args, { ...this.#user, cwd, env: this.#environment() })
  }

  #spawn(program: string, args: readonly string[]): ChildProcess {
    const env = environmentWith(this.#environment())
    const options = { ...this.#user, cwd: this.#folder, env, stdio: 'ignore' as const }
    return spawn(join(this.#folders.bin, program), args, options)
  }

  #environment(): Record<string, string> {
    const { bin, libraries, python } = this.#folders
    return {
      PATH: `${bin}:/usr/bin:/bin`,
      HOME: this.#folder,
      CEPH_CONF: this.#conf,
      LD_LIBRARY_PATH: libraries.join(':'),
      PYTHONPATH: python,
      PYTHONDONTWRITEBYTECODE: '1',
    }
  }
}

async function end(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill(signal)
  await ended
}
