import type { Random } from '#test/random.ts'
import { exceptionMessage, replyMessage, requestMessage } from '#worker/uno/messages.ts'
import { DOCUMENT_EVENT_LISTENER, STATUS_INDICATOR } from '#worker/uno/methods.ts'
import { knownType } from '#worker/uno/types.ts'
import { any, properties, type UnoAny, type UnoValue } from '#worker/uno/values.ts'

const COMPONENT = 'com.sun.star.lang.XComponent'
const INDICATOR = { objectId: 'ours;0', interfaceName: STATUS_INDICATOR }

/** A message in good order to a bridge with five calls under way (`n0` to `n4`) and two objects lent. */
export function randomMessage(random: Random): Buffer {
  switch (random.below(10)) {
    case 0:
      return replyMessage('n0', knownType('boolean'), random.below(2) === 1)
    case 1:
      return replyMessage('n2', knownType(COMPONENT), reference(random))
    case 2:
      return replyMessage('n3', knownType('long'), random.below(1000))
    case 3:
      return replyMessage('n4', knownType('void'), undefined)
    case 4:
      return exceptionMessage(`n${random.below(5)}`, 'an exception')
    case 5:
    case 6:
      return indicatorCall(random)
    case 7:
      return documentEvent(random)
    default:
      return replyMessage('n1', knownType('any'), randomAny(random, 4))
  }
}

function indicatorCall(random: Random): Buffer {
  const type = knownType(random.pick([STATUS_INDICATOR, COMPONENT, 'long']))
  const calls = [
    requestMessage({ ...INDICATOR, functionId: 0 }, 't', [[knownType('type'), type]]),
    requestMessage({ ...INDICATOR, functionId: 2 }, 't', []),
    requestMessage({ ...INDICATOR, functionId: 4 }, 't', []),
    requestMessage({ ...INDICATOR, functionId: 6 }, 't', [[knownType('long'), random.below(100)]]),
  ]
  return random.pick(calls)
}

function documentEvent(random: Random): Buffer {
  const event = {
    Source: reference(random),
    EventName: random.pick(['OnViewCreated', 'OnLoadFinished']),
    ViewController: reference(random),
    Supplement: randomAny(random, 1),
  }
  const listener = { objectId: 'ours;1', interfaceName: DOCUMENT_EVENT_LISTENER, functionId: 4 }
  const thread = random.pick(['n0', 'n3', 'their own'])
  return requestMessage(listener, thread, [[knownType('com.sun.star.document.DocumentEvent'), event]])
}

function reference(random: Random) {
  return random.below(4) === 0
    ? null
    : { objectId: `their object ${random.below(9)}`, interfaceName: COMPONENT }
}

function randomAny(random: Random, depth: number): UnoAny {
  const simple: UnoAny[] = [
    any('string', 'x'.repeat(random.below(400))),
    any('double', random.below(100) / 7),
    any('hyper', BigInt(random.below(100))),
    any('[]byte', random.bytes(random.below(40))),
    any('[]string', ['a', 'b']),
    any('com.sun.star.awt.Size', { Width: random.below(99), Height: 5 }),
    any(COMPONENT, reference(random)),
    any('type', knownType('[]short')),
  ]
  if (depth === 0 || random.below(3) === 0) return random.pick(simple)
  const items: UnoValue[] = Array.from({ length: random.below(4) }, () => randomAny(random, depth - 1))
  const nested = { Nested: { type: '[]any', value: items } }
  return { type: '[]com.sun.star.beans.PropertyValue', value: properties(nested) }
}
