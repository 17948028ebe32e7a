import type { TestContext } from 'node:test'
import pg from 'pg'

/** A step of a plan as PostgreSQL tells it. */
interface PlanNode {
  'Node Type': string
  'Relation Name'?: string
  'Actual Rows': number
  'Actual Loops': number
  'Rows Removed by Filter'?: number
  'Rows Removed by Index Recheck'?: number
  Plans?: PlanNode[]
}

/** A statement as it was carried out. */
export interface Plan {
  statement: string
  /** The tables that it read. */
  tables: string[]
  /** How many rows it looked at, whether or not it took them. */
  touched: number
  /** Those of which it read all rows. */
  wholly: string[]
}

/**
 * Lets every connection to this database tell the plan of each statement that it carries out; connections that are
 * open already go on as before. Needs a superuser, since auto_explain has to be loaded.
 */
export async function explainAll(sql: pg.Client): Promise<void> {
  const { rows } = await sql.query('SELECT current_database() AS name')
  for (const setting of [
    "session_preload_libraries = 'auto_explain'",
    'auto_explain.log_min_duration = 0',
    'auto_explain.log_analyze = on',
    'auto_explain.log_timing = off',
    'auto_explain.log_format = json',
    'client_min_messages = log',
  ])
    await sql.query(`ALTER DATABASE ${rows[0].name} SET ${setting}`)
}

/** The plans of all statements that this process sends from now on until the test ends. @see explainAll */
export function collectPlans(t: TestContext): Plan[] {
  const plans: Plan[] = []
  const { emit } = pg.Client.prototype
  t.mock.method(pg.Client.prototype, 'emit', function (this: pg.Client, event: string, ...args: unknown[]) {
    const plan = event === 'notice' && planIn(String((args[0] as { message?: string }).message))
    if (plan) plans.push(plan)
    return Reflect.apply(emit, this, [event, ...args])
  })
  return plans
}

function planIn(message: string): Plan | undefined {
  const json = /\bplan:\n(\{.*\})\s*$/s.exec(message)?.[1]
  if (!json) return undefined
  const told: { 'Query Text': string; Plan: PlanNode } = JSON.parse(json)
  const scans = nodesOf(told.Plan).filter(node => node['Node Type'].includes('Scan') && node['Relation Name'])
  return {
    statement: told['Query Text'].replace(/\s+/g, ' ').trim(),
    tables: scans.map(tableOf),
    touched: scans.reduce((sum, node) => sum + touchedBy(node), 0),
    wholly: scans.filter(isSequential).map(tableOf),
  }
}

const nodesOf = (node: PlanNode): PlanNode[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)]

const tableOf = (node: PlanNode) => String(node['Relation Name'])

const isSequential = (node: PlanNode) => node['Node Type'].endsWith('Seq Scan') && node['Actual Loops'] > 0

function touchedBy(node: PlanNode): number {
  const removed = (node['Rows Removed by Filter'] ?? 0) + (node['Rows Removed by Index Recheck'] ?? 0)
  return Math.round((node['Actual Rows'] + removed) * node['Actual Loops'])
}
