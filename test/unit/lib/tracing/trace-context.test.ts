import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { formatTraceparent, parseTraceparent, traceIdOf } from '#lib/tracing/trace-context.ts'

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736'
const SPAN = '00f067aa0ba902b7'

describe('a trace context', () => {
  it('is read from a valid header, and written as it was', () => {
    const header = `00-${TRACE}-${SPAN}-01`
    const context = parseTraceparent(header)
    assert.deepEqual(context, { traceId: TRACE, spanId: SPAN, flags: 1 })
    assert.equal(context && formatTraceparent(context), header)
    assert.equal(traceIdOf(header), TRACE)
    assert.equal(parseTraceparent(`00-${TRACE}-${SPAN}-00`)?.flags, 0)
  })

  it('is read from a later version, which may add fields', () => {
    assert.equal(traceIdOf(`cc-${TRACE}-${SPAN}-01`), TRACE)
    assert.equal(traceIdOf(`cc-${TRACE}-${SPAN}-01-what-comes-later`), TRACE)
  })

  const malformed = {
    nothing: undefined,
    'an empty text': '',
    'another text': 'hello',
    'a field too many in the first version': `00-${TRACE}-${SPAN}-01-more`,
    'the version that is none': `ff-${TRACE}-${SPAN}-01`,
    'a trace id of zeros': `00-${'0'.repeat(32)}-${SPAN}-01`,
    'a span id of zeros': `00-${TRACE}-${'0'.repeat(16)}-01`,
    'a short trace id': `00-${TRACE.slice(1)}-${SPAN}-01`,
    'capital letters': `00-${TRACE.toUpperCase()}-${SPAN}-01`,
    'no flags': `00-${TRACE}-${SPAN}`,
    'two headers in one': `00-${TRACE}-${SPAN}-01, 00-${TRACE}-${SPAN}-01`,
  }
  for (const [what, text] of Object.entries(malformed))
    it(`is none in ${what}`, () => assert.equal(parseTraceparent(text), undefined))
})
