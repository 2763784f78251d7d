/** What to write where, said once for every check that may need it. */
export const BUFFERING = [
  'nginx: proxy_buffering off; gzip off; in the location of the API',
  'Caddy: flush_interval -1 in reverse_proxy, and no encode for text/event-stream',
  'CDN or load balancer: switch response buffering and transformation off for /api',
] as const;

export const IDLE = [
  'nginx: proxy_read_timeout 1h; proxy_send_timeout 1h;',
  'Caddy: no read_timeout in reverse_proxy’s transport, no write timeout in servers { timeouts }',
  'load balancer: an idle timeout of more than 60 seconds',
] as const;

export const UPGRADE = [
  'nginx: proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection $connection_upgrade; with the map of docs/deployment.md',
  'Caddy: reverse_proxy passes upgrades on by itself; check what stands in front of it',
] as const;

export const HOST = [
  'nginx: proxy_set_header Host $http_host;',
  'Caddy: no header_up Host in reverse_proxy',
] as const;

export const ENCRYPTION = [
  'Caddy: name the host as the site’s address, and it gets its certificate by itself',
  'nginx: listen 443 ssl; with a certificate, and return 301 https://$host$request_uri; on port 80',
] as const;
