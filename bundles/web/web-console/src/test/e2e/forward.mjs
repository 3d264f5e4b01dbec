// SPDX-License-Identifier: Apache-2.0
// A wire to the appliance that can be cut: passes TCP connections on, unread.
import { once } from 'node:events';
import { connect, createServer } from 'node:net';

/** {@return a wire to `base`}; its own `base` is on another port of 127.0.0.1. */
export async function forward(base) {
  const { hostname, port, protocol } = new URL(base);
  const sockets = new Set();
  const keep = (socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
  };
  let server;
  const listen = async (at) => {
    server = createServer((near) => {
      const far = connect(Number(port), hostname);
      keep(near);
      keep(far);
      near.on('close', () => far.destroy());
      far.on('close', () => near.destroy());
      near.pipe(far).pipe(near);
    });
    server.listen(at, '127.0.0.1');
    await once(server, 'listening');
  };
  const cut = async () => {
    const closed = once(server, 'close');
    server.close();
    sockets.forEach((each) => each.destroy());
    await closed;
  };
  await listen(0);
  const own = server.address().port;
  return {
    base: `${protocol}//127.0.0.1:${own}`,
    cut,
    mend: () => listen(own),
    close: async () => {
      if (server.listening) {
        await cut();
      }
    },
  };
}
