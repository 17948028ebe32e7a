import { useEffect, useState } from 'react'
import type { PushedTopics } from '#app/live/protocol.ts'
import { useSessionOver } from './session-state.ts'
import { useOperatorTopic } from './use-operator-topic.ts'

/** All is pushed once a second; after so much longer nobody answers. In milliseconds. */
const SILENT_MS = 5_000

/** What is pushed of a topic, and whether nothing came lately although the session goes on. */
export function usePushed<Topic extends keyof PushedTopics>(
  topic: Topic,
  first: PushedTopics[Topic],
): { now: PushedTopics[Topic]; isSilent: boolean } {
  const [now, setNow] = useState(first)
  const [isSilent, setSilent] = useState(false)
  const isOver = useSessionOver()
  useOperatorTopic(topic, {
    onGap() {},
    on: {
      topic(pushed) {
        if (pushed.topic !== topic) return
        setNow(pushed.now as PushedTopics[Topic])
        setSilent(false)
      },
    },
  })
  // Begins anew with each push.
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was pushed says when
  useEffect(() => {
    const timer = setTimeout(() => setSilent(true), SILENT_MS)
    return () => clearTimeout(timer)
  }, [now])
  return { now, isSilent: isSilent && !isOver }
}
