// The console's bell: a short tone, and a mark in the tab's title until somebody looks.

const TITLE = document.title;
let audio = null;

export function ring() {
  if (document.hidden || !document.hasFocus()) document.title = `● ${TITLE}`;
  audio ||= new AudioContext();
  if (audio.state !== "running") return void audio.resume(); // browsers give no sound before the first key
  const tone = audio.createOscillator();
  const volume = audio.createGain();
  tone.frequency.value = 660;
  volume.gain.setValueAtTime(0.08, audio.currentTime);
  volume.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + 0.25);
  tone.connect(volume).connect(audio.destination);
  tone.start();
  tone.stop(audio.currentTime + 0.25);
}

const seen = () => {
  if (!document.hidden) document.title = TITLE;
};
addEventListener("focus", seen);
addEventListener("keydown", seen, true);
document.addEventListener("visibilitychange", seen);
