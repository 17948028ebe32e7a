import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '#cli/start/port.ts'
import { environmentWith } from '#lib/config.ts'
import { prometheusPrograms } from './prometheus/unpacked-prometheus.ts'
import { until } from './until.ts'

/** One series of an answer, with its value. */
export interface PrometheusSeries {
  metric: Readonly<Record<string, string>>
  value: [time: number, value: string]
}

/** An alert rule or a recording rule as Prometheus evaluated it. */
export interface EvaluatedRule {
  name: string
  type: string
  health: string
  state?: string
  lastError?: string
}

export interface PrometheusOptions {
  /** The address of the instance to scrape. */
  target: string
  token: string
  /** The path of the file with the rules. */
  rules: string
}

/** A Prometheus of its own that scrapes one instance each second. */
export class Prometheus {
  readonly #url: string
  readonly #end: () => Promise<void>

  private constructor(url: string, end: () => Promise<void>) {
    this.#url = url
    this.#end = end
  }

  /** Fetches the package where it is not installed; resolves when it answers. @throws Error where it cannot run */
  static async open(options: PrometheusOptions): Promise<Prometheus> {
    const { prometheus } = await prometheusPrograms()
    const folder = mkdtempSync(join(tmpdir(), 'prometheus-'))
    const config = join(folder, 'prometheus.yml')
    // JSON is YAML.
    writeFileSync(config, JSON.stringify(configOf(options)), { mode: 0o600 })
    const listen = `127.0.0.1:${await freePort()}`
    const args = [`--config.file=${config}`, `--storage.tsdb.path=${folder}/data`]
    const child = spawn(prometheus, [...args, `--web.listen-address=${listen}`], {
      env: environmentWith({}),
      stdio: 'ignore',
    })
    const url = `http://${listen}`
    const server = new Prometheus(url, async () => {
      child.kill('SIGTERM')
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
      rmSync(folder, { recursive: true, force: true })
    })
    await until('Prometheus answers', () => {
      if (child.exitCode !== null) throw new Error(`Prometheus ended with ${child.exitCode}`)
      return fetch(`${url}/-/ready`).then(
        ({ ok }) => ok,
        () => false,
      )
    })
    return server
  }

  /** The series of an expression now. @throws Error where it cannot be evaluated */
  async query(expression: string): Promise<PrometheusSeries[]> {
    const data = await this.#ask<{ result: PrometheusSeries[] }>(
      `query?query=${encodeURIComponent(expression)}`,
    )
    return data.result
  }

  /** All rules with their last evaluation. */
  async rules(): Promise<EvaluatedRule[]> {
    const { groups } = await this.#ask<{ groups: { rules: EvaluatedRule[] }[] }>('rules')
    return groups.flatMap(({ rules }) => rules)
  }

  close(): Promise<void> {
    return this.#end()
  }

  async #ask<Data>(path: string): Promise<Data> {
    const answer = await fetch(`${this.#url}/api/v1/${path}`)
    const { status, error, data } = (await answer.json()) as { status: string; error?: string; data: Data }
    if (status !== 'success') throw new Error(`${path}: ${error}`)
    return data
  }
}

function configOf({ target, token, rules }: PrometheusOptions) {
  return {
    global: { scrape_interval: '1s', evaluation_interval: '1s' },
    rule_files: [rules],
    scrape_configs: [
      {
        job_name: 'nightshift',
        authorization: { credentials: token },
        static_configs: [{ targets: [new URL(target).host] }],
      },
    ],
  }
}
