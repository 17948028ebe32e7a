import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { databaseUser, type RunAs } from '#cli/start/database-user.ts'
import { freePort } from '#cli/start/port.ts'
import { environmentWith } from '#lib/config.ts'
import { type RabbitmqFolders, rabbitmqFolders } from './rabbitmq-broker/unpacked-rabbitmq.ts'

interface Ports {
  amqp: number
  /** Of Erlang's nodes among themselves, and of the daemon that knows their ports. */
  nodes: number
  names: number
}

/** A RabbitMQ of its own, as an unprivileged process, with its data in a temporary folder. */
export class RabbitmqBroker {
  readonly #folders: RabbitmqFolders
  readonly #folder: string
  readonly #ports: Ports
  readonly #user: RunAs
  #children: ChildProcess[] = []

  private constructor(folders: RabbitmqFolders, ports: Ports, user: RunAs) {
    this.#folders = folders
    this.#ports = ports
    this.#user = user
    this.#folder = mkdtempSync(join(tmpdir(), 'rabbitmq-'))
    chmodSync(this.#folder, 0o700)
    const { uid, gid } = user
    if (uid !== undefined && gid !== undefined) chownSync(this.#folder, uid, gid)
    writeFileSync(join(this.#folder, 'plugins'), '[].\n', { mode: 0o644 })
    writeFileSync(join(this.#folder, 'rabbitmq.conf'), `listeners.tcp.1 = 127.0.0.1:${ports.amqp}\n`)
  }

  /** Fetches the packages where they are not installed, and starts the broker. @throws Error where it cannot run */
  static async open(): Promise<RabbitmqBroker> {
    // At the same time, so that they differ.
    const [amqp, nodes, names] = await Promise.all([freePort(), freePort(), freePort()])
    const broker = new RabbitmqBroker(await rabbitmqFolders(), { amqp, nodes, names }, await databaseUser())
    await broker.start()
    return broker
  }

  get url(): string {
    return `amqp://guest:guest@127.0.0.1:${this.#ports.amqp}`
  }

  /** Resolves when it accepts connections, with what it kept. */
  async start(): Promise<void> {
    const { bin } = this.#folders
    const names = ['-address', '127.0.0.1', '-port', String(this.#ports.names)]
    const server = this.#spawn(join(bin, 'erlexec'), SERVER_ARGS)
    this.#children = [server, this.#spawn(join(bin, 'epmd'), names)]
    let output = ''
    const { promise: ready, resolve } = Promise.withResolvers<boolean>()
    server.once('exit', () => resolve(false))
    for (const stream of [server.stdout, server.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => {
        output = (output + text).slice(-4000)
        if (output.includes('Server startup complete')) resolve(true)
      })
    if (!(await ready)) throw new Error(`RabbitMQ ended at its start:\n${output}`)
  }

  /** Ends it: by `SIGTERM` in order, by `SIGKILL` at once. Its data stay for the next start. */
  async stop(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    for (const child of this.#children.splice(0)) {
      const ended = child.exitCode === null && child.signalCode === null ? once(child, 'exit') : undefined
      child.kill(signal)
      await ended
    }
  }

  async close(): Promise<void> {
    await this.stop('SIGKILL')
    rmSync(this.#folder, { recursive: true, force: true })
  }

  #spawn(program: string, args: readonly string[]): ChildProcess {
    const env = environmentWith(this.#environment())
    return spawn(program, args, { ...this.#user, cwd: this.#folder, env, stdio: ['ignore', 'pipe', 'pipe'] })
  }

  #environment(): Record<string, string> {
    const { home, erlang, bin } = this.#folders
    const inFolder = (name: string) => join(this.#folder, name)
    return {
      ...{ PATH: `${bin}:/usr/bin:/bin`, LANG: 'C.UTF-8' },
      ...{ HOME: this.#folder, ROOTDIR: erlang, BINDIR: bin, EMU: 'beam', PROGNAME: 'erl' },
      ERL_LIBS: join(home, 'plugins'),
      ERL_EPMD_PORT: String(this.#ports.names),
      ERL_CRASH_DUMP_BYTES: '0',
      RABBITMQ_HOME: home,
      RABBITMQ_PLUGINS_DIR: join(home, 'plugins'),
      RABBITMQ_ENABLED_PLUGINS_FILE: inFolder('plugins'),
      RABBITMQ_CONFIG_FILE: inFolder('rabbitmq.conf'),
      RABBITMQ_CONF_ENV_FILE: '/dev/null',
      RABBITMQ_MNESIA_BASE: inFolder('data'),
      RABBITMQ_LOG_BASE: inFolder('log'),
      RABBITMQ_LOGS: '-',
      RABBITMQ_NODENAME: 'nightshift@localhost',
      RABBITMQ_DIST_PORT: String(this.#ports.nodes),
    }
  }
}

/** As `rabbitmq-server` does, save that no daemon is left behind and nothing listens to other machines. */
const SERVER_ARGS = [
  ...['-noinput', '-s', 'rabbit', 'boot', '-boot', 'start_sasl', '-start_epmd', 'false', '+W', 'w'],
  ...['+sbwt', 'none', '+sbwtdcpu', 'none', '+sbwtdio', 'none', '-syslog', 'logger', '[]'],
  ...['-syslog', 'syslog_error_logger', 'false', '-kernel', 'inet_dist_use_interface', '{127,0,0,1}'],
]
