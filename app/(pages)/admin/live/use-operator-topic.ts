import { useEffect, useRef } from 'react'
import { io } from 'socket.io-client'
import type { OperatorTopic, ServerEvents, WatchAnswer } from '../../../live/protocol.ts'
import { under } from '../../live/address.ts'
import { recordSession } from './session-state.ts'

interface TopicHandlers {
  /** Changes may have been missed: read again. */
  onGap(): void
  /** By the names of what the server pushes. */
  on: Partial<ServerEvents>
}

/** Hears of a topic while the component is shown, and whether the session is over. The cookie of the operator opens it. */
export function useOperatorTopic(topic: OperatorTopic, handlers: TopicHandlers): void {
  const latest = useRef(handlers)
  latest.current = handlers
  useEffect(() => {
    const socket = io({
      path: under('/socket.io'),
      transports: ['websocket', 'polling'],
      tryAllTransports: true,
    })
    let wasConnected = false
    socket.on('connect', () => {
      socket.emit('watch', topic, (answer: WatchAnswer) => {
        const isOver = 'error' in answer && answer.error.code === 'not_signed_in'
        recordSession({ isOver })
        if (isOver) return void socket.disconnect()
        if (wasConnected) latest.current.onGap()
        wasConnected = true
      })
    })
    // The server closes a socket when its session ends, and then the client would not try again. The cookie may be that
    // of a new session by now: the answer tells.
    socket.on('disconnect', reason => {
      if (reason === 'io server disconnect') socket.connect()
    })
    socket.on('resync', () => latest.current.onGap())
    socket.onAny((event: string, ...content: unknown[]) => {
      const handle = latest.current.on[event as keyof ServerEvents] as
        | ((...content: unknown[]) => void)
        | undefined
      handle?.(...content)
    })
    return () => void socket.disconnect()
  }, [topic])
}
