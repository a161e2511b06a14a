// Tells of each build. A browser has six connections to one address, so one of its windows listens for all.
export const followBuilds = (tell) => {
  const channel = new BroadcastChannel("rizhi-builds");
  let last = null;
  const listen = () => new Promise(() => {
    const source = new EventSource("/.rizhi/events");
    source.onmessage = ({ data }) => {
      last = JSON.parse(data);
      channel.postMessage(last);
      tell(last);
    };
    // The program may be another one when it answers again.
    source.onerror = () => { last = null; };
  });
  channel.onmessage = ({ data }) => {
    if (data) tell(data);
    else if (last) channel.postMessage(last);
  };
  // Whoever listens already knows how it stands.
  channel.postMessage(null);
  // A browser gives locks only to windows of its own machine.
  if (navigator.locks) navigator.locks.request("rizhi-builds", listen);
  else listen();
};
