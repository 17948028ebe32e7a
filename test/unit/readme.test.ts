import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { SETTING_GROUPS } from '#lib/config/described-settings.ts'
import { VARIABLES } from '#lib/config/variables.ts'
import { formatsTable, withTable } from '#test/formats-table.ts'

const read = (name: string) => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8')

/** A row of the README's table, as lib/config.ts has it. */
function rowOf(
  name: string,
  schema: { description?: string; safeParse(value: undefined): { data?: unknown } },
): string {
  const standard = schema.safeParse(undefined).data
  // The number of slots is the machine's own.
  const shown = name === 'SLOTS' ? 'cores' : standard === undefined ? 'unset' : `\`${standard}\``
  return `| \`${name}\` | ${shown} | ${schema.description} |`
}

describe('the README', () => {
  for (const [name, schema] of Object.entries(VARIABLES.shape)) {
    it(`has ${name} as lib/config.ts has it, and so has .env.example`, () => {
      assert.ok(read('README.md').includes(rowOf(name, schema)), rowOf(name, schema))
      assert.match(read('.env.example'), new RegExp(`^# ${name}=`, 'm'))
    })
  }

  it('has the settings in the groups of the dashboard', () => {
    const configuration = read('README.md').split('## Configuration')[1]?.split(/^## /m)[0] ?? ''
    const firsts = configuration
      .split(/^### /m)
      .slice(1)
      .map(group => /^\| `([A-Z\d_]+)`/m.exec(group)?.[1])
    assert.deepEqual(firsts, Object.values(SETTING_GROUPS))
  })

  it('has the table of formats as lib/vocabulary/formats.ts has it (node test/formats-table.ts writes it)', () => {
    assert.equal(withTable(read('README.md')), read('README.md'))
    assert.ok(read('README.md').includes(formatsTable()))
  })

  it('names no variable that does not exist', () => {
    const named = [...read('README.md').matchAll(/^\| `([A-Z\d_]+)` \|/gm)].map(match => match[1] ?? '')
    assert.deepEqual(named, Object.keys(VARIABLES.shape))
  })
})
