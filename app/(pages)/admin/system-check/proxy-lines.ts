/** What a browser can find out about the way to the server. */
export const PROBES = ['websocket', 'event', 'part', 'flow'] as const
export type ProbeId = (typeof PROBES)[number]

export const PROXIES = ['nginx', 'Caddy', 'Traefik', 'Apache'] as const
type ProxyName = (typeof PROXIES)[number]

/** The lines that let pass what did not, in the configuration of each proxy; port 3000 stands for PORT. */
export const PROXY_LINES: Readonly<Record<ProbeId, Readonly<Record<ProxyName, string>>>> = {
  websocket: {
    nginx:
      'proxy_http_version 1.1;\nproxy_set_header Upgrade $http_upgrade;\nproxy_set_header Connection "upgrade";\nproxy_set_header Host $host;',
    Caddy: 'reverse_proxy 127.0.0.1:3000   # without “header_up -Upgrade” or “header_up -Connection”',
    Traefik:
      'traefik.http.services.nightshift.loadbalancer.server.port=3000   # no middleware that removes Upgrade or Connection',
    Apache: 'ProxyPass "/" "http://127.0.0.1:3000/" upgrade=websocket',
  },
  event: {
    nginx: 'proxy_read_timeout 1h;\nproxy_buffering off;',
    Caddy: 'reverse_proxy 127.0.0.1:3000 {\n  flush_interval -1\n}',
    Traefik: 'entryPoints.web.transport.respondingTimeouts.idleTimeout=1h',
    Apache: 'ProxyPass "/" "http://127.0.0.1:3000/" upgrade=websocket flushpackets=on timeout=3600',
  },
  part: {
    nginx: 'client_max_body_size 16m;',
    Caddy: 'request_body {\n  max_size 16MB\n}',
    Traefik: 'traefik.http.middlewares.nightshift.buffering.maxRequestBodyBytes=16000000',
    Apache: 'LimitRequestBody 16000000',
  },
  flow: {
    nginx: 'proxy_request_buffering off;',
    Caddy: 'reverse_proxy 127.0.0.1:3000   # without “request_buffers”',
    Traefik: '# no “buffering” middleware on the router of Nightshift',
    Apache: 'SetEnv proxy-sendchunked 1',
  },
}
