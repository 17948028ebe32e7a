import type { IamCall } from './iam-calls.ts'

/** For each role and each of its resources the actions, as in `deploy/aws/calls.json`. */
export type RecordedCalls = Record<string, Record<string, string[]>>

/** Reads what the proxies wrote: a line `role action resource` for each call, by tabs, in any order. */
export function readCalls(lines: string): RecordedCalls {
  const calls = [...new Set(lines.trim().split('\n'))].sort().map(line => {
    const [role = '', action = '', resource = ''] = line.split('\t')
    return { role, action, resource }
  })
  const byRole = Map.groupBy(calls, ({ role }) => role)
  return Object.fromEntries([...byRole].map(([role, own]) => [role, actionsByResource(own)]))
}

function actionsByResource(calls: readonly IamCall[]): Record<string, string[]> {
  const byResource = Map.groupBy(calls, ({ resource }) => resource)
  const actions = [...byResource].map(([resource, own]) => [resource, own.map(({ action }) => action)])
  return Object.fromEntries(actions)
}

/** As it is in the repository: resources in alphabetical order, actions as well. */
export function callsText(calls: RecordedCalls): string {
  const sorted = Object.entries(calls).map(([role, resources]) => [
    ...[role, Object.fromEntries(Object.entries(resources).toSorted(([a], [b]) => (a < b ? -1 : 1)))],
  ])
  return `${JSON.stringify(Object.fromEntries(sorted), null, 2)}\n`
}

/** What is allowed and was not called, or the other way round, as sentences. */
export function differencesOf(allowed: RecordedCalls, called: RecordedCalls): string[] {
  const [may, did] = [linesOf(allowed), linesOf(called)]
  return [
    ...did.filter(line => !may.includes(line)).map(line => `missing: ${line}`),
    ...may.filter(line => !did.includes(line)).map(line => `unused: ${line}`),
  ]
}

function linesOf(calls: RecordedCalls): string[] {
  return Object.entries(calls).flatMap(([role, resources]) =>
    Object.entries(resources).flatMap(([resource, actions]) =>
      actions.map(action => `${role}: ${action} on ${resource}`),
    ),
  )
}
