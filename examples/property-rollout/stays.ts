/** Guests of Harbour House; in real life these come from the booking system. */
export const STAYS = [
  {
    reservation: "1017",
    guest: { fullName: "Gus Guest", emailAddress: "gus.guest@example.com" },
    places: ["guest-areas", "room-201"],
    checkIn: "2031-06-19T15:00:00Z",
    checkOut: "2031-06-23T11:00:00Z",
  },
  {
    reservation: "1018",
    guest: { fullName: "Gia Guest", emailAddress: "gia.guest@example.com" },
    places: ["guest-areas", "room-202"],
    checkIn: "2031-06-20T15:00:00Z",
    checkOut: "2031-06-21T11:00:00Z",
  },
  {
    reservation: "1019",
    guest: { fullName: "Geo Guest", emailAddress: "geo.guest@example.com" },
    places: ["guest-areas", "room-206"],
    checkIn: "2031-06-21T15:00:00Z",
    checkOut: "2031-06-28T11:00:00Z",
  },
];
