import type { Reply } from "../messages/message.ts";
import type { Post, Store } from "../store/store.ts";
import type { Channel, Receive } from "./channel.ts";

/** The chat page's mailbox: what is pushed is stored first, then told to whoever listens. */
export type Web = Channel & {
  readonly receive: Receive;
  posts(conversation: string, after: number): Promise<readonly Post[]>;
  /** Calls `wake` when something new was pushed to the conversation; the result stops that. */
  listen(conversation: string, wake: () => void): () => void;
};

export function createWeb(store: Pick<Store, "commit" | "posts" | "watchPosts">): Web {
  let take: Receive | undefined;
  return {
    name: "web",
    start: (receive) => {
      take = receive;
      return Promise.resolve();
    },
    receive: (message, file) =>
      take ? take(message, file) : Promise.reject(new Error("the web channel is not started")),
    send: async (conversation: string, reply: Reply) => {
      await store.commit({ posts: [{ conversation, reply }] });
      return { kind: "sent" };
    },
    posts: (conversation, after) => store.posts(conversation, after),
    listen: (conversation, wake) => store.watchPosts(conversation, wake),
    stop: () => {
      take = undefined;
      return Promise.resolve();
    },
  };
}
